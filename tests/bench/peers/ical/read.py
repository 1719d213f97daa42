"""Calendar files as python's icalendar and recurring-ical-events read them. See shared/calendar/examples/oracle.rs.

    read.py times FOLDER FROM TO ZONE   the times that each file says are taken, in seconds, or why it is not read
    read.py visits < VISITS             what is read otherwise than it was meant, of files that each hold one visit
"""
import json
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

# What is marked as free is compared like all else.
FREE = (b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE")


def seconds(moment, zone):
    """A whole day begins at its midnight; a time without a zone is of the calendar's."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


def end_of(event):
    start = event["DTSTART"].dt
    if "DTEND" in event:
        return event["DTEND"].dt
    if "DURATION" in event:
        return start + event["DURATION"].dt
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def times_of(calendar, begin, end, default):
    zone = ZoneInfo(str(calendar.get("X-WR-TIMEZONE", default)))
    for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(begin, end):
        if event.get("STATUS", "").upper() != "CANCELLED":
            yield seconds(event["DTSTART"].dt, zone), seconds(end_of(event), zone)
    for busy in calendar.walk("VFREEBUSY"):
        lines = busy.get("FREEBUSY", [])
        for period in lines if isinstance(lines, list) else [lines]:
            if period.params.get("FBTYPE", "BUSY").upper() != "FREE":
                yield seconds(period.start, zone), seconds(period.end, zone)


def times(folder, begin, end, default):
    begin, end = (datetime.fromtimestamp(int(text), timezone.utc) for text in (begin, end))
    found = {}
    for file in sorted(Path(folder).glob("*.ics")):
        try:
            calendars = icalendar.Calendar.from_ical(file.read_bytes().replace(*FREE), multiple=True)
            taken = {time for calendar in calendars if calendar.get("METHOD", "").upper() != "CANCEL"
                     for time in times_of(calendar, begin, end, default)}
            inside = [[a, b] for a, b in sorted(taken) if a < b and a < end.timestamp() and begin.timestamp() < b]
            found[file.name] = {"times": inside}
        except Exception as error:  # Whatever it is, it is told.
            found[file.name] = {"refused": f"{type(error).__name__}: {error}"}
    return found


def read(text):
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return {
        "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]), "description": str(event["DESCRIPTION"]),
        "start": seconds(event["DTSTART"].dt, None), "end": seconds(event["DTEND"].dt, None),
    }


def visits(meant):
    # A name that is known is taken from the machine's zones. Under another one the rules that the file brings are followed.
    ways = [lambda text: text, lambda text: re.sub(r"TZID([:=])", r"TZID\1own-", text)]
    return [{"meant": visit["meant"], "read": read(way(visit["file"]))}
            for visit in meant for way in ways if read(way(visit["file"])) != visit["meant"]]


match sys.argv[1:]:
    case ["times", *asked]:
        json.dump(times(*asked), sys.stdout)
    case ["visits"]:
        json.dump(visits(json.load(sys.stdin)), sys.stdout)
