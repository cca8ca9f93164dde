"""A clock that can be set, for whole programs: Debian's libfaketime makes them see it in place of the system's.

What waits or measures how long something takes goes on by the real clock, and so do the times of files.
"""
import datetime
import os
import pathlib
import threading
import time
import zoneinfo

LIBRARIES = pathlib.Path('/usr/lib')
NETHERLANDS = zoneinfo.ZoneInfo('Europe/Amsterdam')


def library():
    found = sorted(LIBRARIES.glob('*/faketime/libfaketimeMT.so.1'))
    if not found:
        raise SystemExit("libfaketime is missing (Debian package faketime)")
    return str(found[0])


def in_the_netherlands(day, hour=12, minute=0):
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=NETHERLANDS)


def keep_sleep_real():
    "Python's sleep ends at a moment of the real clock, which libfaketime takes for one of its own and refuses."
    time.sleep = lambda seconds: threading.Event().wait(seconds)


class SimulatedClock:
    "Programs that were started with its environment see it; set() is seen by them at once."

    def __init__(self, file):
        self.file = file

    def environment(self, environment):
        return {**environment, 'LD_PRELOAD': library(), 'FAKETIME_TIMESTAMP_FILE': str(self.file),
                'FAKETIME_NO_CACHE': '1', 'FAKETIME_DONT_FAKE_MONOTONIC': '1', 'NO_FAKE_STAT': '1'}

    def set(self, moment):
        # How far from the real one, so that all programs agree, whenever they were started.
        ahead = round(moment.timestamp() - self._real_time())
        before = self.file.with_suffix('.new')
        before.write_text(f'{ahead:+d}\n')
        before.replace(self.file)

    def _real_time(self):
        # Of a program that sees the simulated clock, too.
        ahead = 0
        if 'FAKETIME_TIMESTAMP_FILE' in os.environ and self.file.exists():
            ahead = int(self.file.read_text())
        return time.time() - ahead
