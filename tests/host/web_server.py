"""trytond's web server on a free port of localhost, with the web client, for as long as the test needs it."""
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

from cluster import free_port
from database import HOST_PYTHON

WEB_CLIENT = '/usr/share/tryton-sao/www'
START_SECONDS = 180


class WebServer:
    def __init__(self, database, port=None):
        self.database = database
        self.port = port or free_port()
        self.log = os.path.join(database.folder, 'web.log')
        self.process = None
        if not os.path.exists(os.path.join(WEB_CLIENT, 'index.html')):
            raise SystemExit(f"the web client is not in {WEB_CLIENT} (Debian package tryton-sao)")

    @property
    def address(self):
        return f'http://localhost:{self.port}/'

    def start(self):
        self.database.write_conf({
            **self.database.sections,
            'web': {'listen': f'localhost:{self.port}', 'root': WEB_CLIENT, **self.database.sections.get('web', {})},
        })
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(
                [HOST_PYTHON, '/usr/bin/trytond', '-c', self.database.conf, '-d', self.database.name],
                env=self.database.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = self.read_log()[-3000:]
                self.stop()
                raise RuntimeError(f"trytond did not start:\n{said}")
            time.sleep(0.1)
        return self

    def _answers(self):
        try:
            with urllib.request.urlopen(self.address, timeout=2):
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def read_log(self):
        with open(self.log, errors='replace') as log:
            return log.read()

    def errors(self):
        "What the log says that a healthy server does not say."
        return re.findall(r'^.*(?:\bERROR\b|\bCRITICAL\b|Traceback).*$', self.read_log(), re.MULTILINE)

    def stop(self):
        if self.process is None:
            return
        for stop in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, stop)
                self.process.wait(10)
                break
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self.process = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
