"""`services`: what the office offers, as JSON lines."""

from __future__ import annotations

import argparse

from app.cli.exits import DONE
from app.cli.terminal import open_desk_of, say
from app.desk.services import services


def run(arguments: argparse.Namespace) -> int:
    with open_desk_of(arguments) as desk:
        for service in services(desk):
            offered = service.offered
            say(
                {
                    "code": offered.code,
                    "title": offered.title,
                    "working_days": offered.working_days,
                    "unit": offered.unit,
                    "officer": offered.officer,
                    "cost": offered.cost,
                    "documents": service.documents,
                    "steps": offered.steps,
                    "service_id": offered.service_id,
                    "sample": service.sample,
                }
            )
    return DONE
