"""Workers say now and then that they are there."""

from datetime import datetime

from destraba.models import WorkerHeard


def say(worker: str, at: datetime) -> None:
    """This worker is there."""
    if not WorkerHeard.objects.filter(name=worker).update(heard_at=at):
        WorkerHeard.objects.get_or_create(name=worker, defaults={"heard_at": at})
