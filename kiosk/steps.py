"""The steps of choosing: what of a scene each of them changes. Pure."""

from dataclasses import replace
from typing import Any

from kiosk.check_in import TO_MEND, typed_code
from kiosk.scene import Scene
from kiosk.several import Chosen, Several
from shared.hall import Agency

Changes = dict[str, Any]
"""Fields of a `Scene` and what they become."""

NO_NEWS: Changes = {"given_back": "", "still_valid": ""}
_NO_SEARCH: Changes = {"query": None, "found": ()}
_NO_SERVICE: Changes = {"agency": None, "service": None}


def nothing() -> Changes:
    """Nothing chosen, nothing taken."""
    taken: Changes = {"ticket": None, "paper": None, "paper_code": ""}
    return taken | _NO_SERVICE | {"several": None, "code": None} | NO_NEWS | _NO_SEARCH


def back(scene: Scene) -> Changes:
    """One step back: from what to know to the services, to the agencies; or to the search, where one searched.

    From a list or a code that was opened, to what lies below it.
    """
    agency, several = scene.agency, scene.several
    if scene.code is not None:
        return {"code": None}
    if several is not None and several.listed:
        return {"several": replace(several, listed=False), "service": None}
    if agency is None:
        return dict(_NO_SEARCH)
    if scene.service is not None and scene.query is None and len(agency.services) > 1:
        return {"service": None}
    return dict(_NO_SERVICE)


def resumed(scene: Scene) -> Changes:
    """From a refusal back to where the visitor was: to the services of an agency that has several, or the search.

    To a code only where it is worth another look.
    """
    agency = scene.agency
    has_step = agency is not None and len(agency.services) > 1 and scene.query is None
    step: Agency | None = agency if has_step else None
    mends = scene.trouble is not None and scene.trouble.code in TO_MEND
    return {"agency": step, "service": None, "code": scene.code if mends else None}


def coded(_scene: Scene, text: str) -> Changes:
    """So much of an appointment's code was typed."""
    return {"code": typed_code(text)} | NO_NEWS


def ordinary(_scene: Scene) -> Changes:
    """After all a number without an appointment."""
    return {"code": None}


def several(scene: Scene) -> Changes:
    """'Beberapa layanan': begin to choose several, or show which were chosen; with none chosen, one is enough."""
    if scene.several is None:
        return {"several": Several()} | NO_NEWS
    if not scene.several.chosen:
        return {"several": None}
    return {"several": replace(scene.several, listed=True)}


def more(scene: Scene) -> Changes:
    """From the list to the agencies, to choose the next one."""
    if scene.several is None or scene.several.is_full:
        return {}
    return {"several": replace(scene.several, listed=False)} | _NO_SERVICE | _NO_SEARCH


def added(scene: Scene, one: Chosen) -> Changes:
    """One service more under the number to come; the list shows it."""
    chosen = (scene.several or Several()).with_(one)
    return {"several": chosen, "agency": one.agency, "service": None} | NO_NEWS


def dropped(scene: Scene, service_id: str) -> Changes:
    """One service less; without any, the visitor chooses anew."""
    left = (scene.several or Several()).without(service_id)
    return {"several": left} if left.chosen else {"several": Several()} | _NO_SERVICE | _NO_SEARCH
