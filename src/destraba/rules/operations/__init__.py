"""What keeps an installation running: jobs, mail on its way, the links that it carries."""
