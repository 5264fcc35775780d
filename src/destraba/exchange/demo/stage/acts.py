"""Every act that a script may name."""

from collections.abc import Callable, Mapping

from destraba.exchange.demo.stage import followup, matrix, meetings

ACTS: Mapping[str, Callable[..., None]] = {
    "follow_up": followup.follow_up,
    "climb": matrix.climb,
    "confirm_effect": matrix.confirm_effect,
    "resolve": matrix.resolve,
    "rank": matrix.rank_problem,
    "focus": matrix.focus,
    "filter_out": matrix.filter_out,
    "raise": matrix.raise_one,
    "place": matrix.place,
    "see_at_place": matrix.see_at_place,
    "draft_norm": matrix.draft_norm,
    "revise": matrix.revise,
    "fund": matrix.fund,
    "fan_out": followup.share_out,
    "ask": followup.ask,
    "date": followup.date,
    "start": followup.start,
    "wait": followup.wait,
    "move": followup.move,
    "decline": followup.decline,
    "progress": followup.progress,
    "answer": followup.answer,
    "override": followup.override,
    "prepare": meetings.prepare,
    "call": meetings.call,
    "propose_again": meetings.propose_again,
    "drop_items": meetings.drop_items,
    "hold": meetings.hold,
    "circulate": meetings.circulate,
    "object": meetings.object_to,
    "take_up_objection": meetings.take_up_objection,
    "approve": meetings.approve,
    "approve_silently": meetings.approve_silently,
    "publish": meetings.publish,
}
