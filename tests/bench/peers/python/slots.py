"""Free times as a plain Python service finds them: opening hours and shifts by the local clock, what people are booked for, who is booked least.

For comparison only, without travel times. Reads the world that `bench` wrote (its path and the repetitions are the arguments); prints what each
repetition took, in milliseconds, and every free time with whom it would take and how many else are free, as JSON.
"""

import bisect
import json
import sys
import time
from datetime import datetime, time as datetime_time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WARM_UP = 3


def days(world, zone):
    """The local days of the range: date, first and last moment."""
    date = datetime.fromtimestamp(world["from"], zone).date()
    while True:
        begins = datetime.combine(date, datetime.min.time(), zone).timestamp()
        ends = datetime.combine(date + timedelta(days=1), datetime.min.time(), zone).timestamp()
        if begins >= world["to"]:
            return
        yield date, begins, ends
        date += timedelta(days=1)


def spans(hours, date, zone):
    """The open spans of a day."""
    for span in hours.get(WEEKDAYS[date.weekday()], []):
        edges = (datetime_time.fromisoformat(span[edge]) for edge in ("open", "close"))
        yield tuple(datetime.combine(date, edge, zone).timestamp() for edge in edges)


def common(some, others):
    """What two rows of spans have in common."""
    shared = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(begin, end) for begin, end in shared if begin < end]


def grid(begin, end, step, zone):
    """The even times by the local clock."""
    offset = datetime.fromtimestamp(begin, zone).utcoffset().total_seconds()
    first = begin + (-(begin + offset)) % step
    while first <= end:
        yield int(first)
        first += step


def slots(world, zone):
    """Every free time: when it begins, whom it takes, how many else are free."""
    lasts, before, after = world["lasts"], world["before"], world["after"]
    busy = {person["id"]: sorted(map(tuple, person["busy"])) for person in world["people"]}
    found = []
    for date, begins, ends in days(world, zone):
        opened = list(spans(world["hours"], date, zone))
        free, load = {}, {}
        for person in world["people"]:
            name, taken = person["id"], busy[person["id"]]
            load[name] = bisect.bisect_left(taken, (ends,)) - bisect.bisect_left(taken, (begins,))
            near = taken[max(bisect.bisect_left(taken, (begins,)) - 1, 0) : bisect.bisect_left(taken, (ends,)) + 1]
            shifts = opened if person["hours"] is None else list(spans(person["hours"], date, zone))
            for begin, end in common(opened, shifts):
                for start in grid(begin, end - lasts, world["every"], zone):
                    first, last = start - before, start + lasts + after
                    if world["from"] <= start < world["to"] and all(last <= a or b <= first for a, b in near):
                        free.setdefault(start, []).append(name)
        for start in sorted(free):
            able = sorted(free[start], key=lambda name: (load[name], name))
            found.append((start, able[0], len(able) - 1))
    return found


def main():
    """Measures everything once."""
    with open(sys.argv[1], encoding="utf-8") as file:
        world = json.load(file)
    zone, took, found = ZoneInfo(world["zone"]), [], []
    for repetition in range(WARM_UP + int(sys.argv[2])):
        began = time.perf_counter_ns()
        found = slots(world, zone)
        if repetition >= WARM_UP:
            took.append((time.perf_counter_ns() - began) / 1e6)
    json.dump({"milliseconds": took, "free": found}, sys.stdout)


if __name__ == "__main__":
    main()
