"""A PostgreSQL cluster of the tests' own: made in a temporary folder, listening on localhost, gone afterwards.

It is as safe as a real one (fsync and synchronous_commit stay on): senders refuse to work on anything less.
PostgreSQL will not run as root, so for root it runs as the user that Debian's package made. As a program it
starts or stops the one cluster that a whole ctest run shares: cluster.py start|stop STATE-FILE.
"""
import contextlib
import getpass
import glob
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

START_SECONDS = 180
MEMORY_BYTES = 4 << 30
kept_ports = []


def free_port():
    """A port for a server that is started as a program and wants to be told one, now or later.

    Until this process ends it is kept, by a socket that is bound to it and does not listen: the system gives it to nobody
    who asks for any port, and a server that names it gets it beside us, as servers reuse addresses."""
    keeper = socket.socket()
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    keeper.bind(('127.0.0.1', 0))
    kept_ports.append(keeper)
    return keeper.getsockname()[1]


def programs():
    folders = sorted(glob.glob('/usr/lib/postgresql/*/bin'), key=lambda path: int(path.split('/')[4]))
    if not folders:
        raise SystemExit("PostgreSQL is not installed (Debian package postgresql)")
    return folders[-1]


def roomy_folder():
    "Memory where there is plenty, as each of a database's thousand files is synced when it is made."
    try:
        if shutil.disk_usage('/dev/shm').free > MEMORY_BYTES:
            return '/dev/shm'
    except OSError:
        pass
    return '/var/tmp'


class Cluster:
    def __init__(self, folder=None, port=None):
        self.folder = folder or tempfile.mkdtemp(prefix='raadspost-pg-', dir=roomy_folder())
        self.port = port or free_port()
        self.user = 'postgres' if os.geteuid() == 0 else getpass.getuser()

    @property
    def uri(self):
        return f'postgresql://{self.user}@127.0.0.1:{self.port}/'

    @property
    def data(self):
        return os.path.join(self.folder, 'data')

    def _run(self, *command, check=True):
        rights = {'user': 'postgres', 'group': 'postgres', 'extra_groups': []} if os.geteuid() == 0 else {}
        done = subprocess.run(command, cwd='/', stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, **rights)
        if check and done.returncode:
            raise RuntimeError(f"{os.path.basename(command[0])} failed: {done.stdout}")
        return done

    def create(self):
        if os.geteuid() == 0:
            owner = pwd.getpwnam('postgres')
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run(os.path.join(programs(), 'initdb'), '-D', self.data, '-U', self.user, '-A', 'trust',
                  '-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions')
        with open(os.path.join(self.data, 'postgresql.conf'), 'a') as conf:
            conf.write(f"port = {self.port}\nlisten_addresses = '127.0.0.1'\n"
                       f"unix_socket_directories = '{self.folder}'\nmax_connections = 100\n"
                       # The host asks the catalog thousands of questions while it makes a database.
                       "jit = off\nautovacuum_naptime = 1s\n")
        return self

    def start(self):
        # The log goes to a file: a pipe held open by the server would keep this call waiting for ever.
        self._run(os.path.join(programs(), 'pg_ctl'), '-D', self.data, '-w', '-t', str(START_SECONDS),
                  '-l', os.path.join(self.folder, 'log'), '-s', 'start')
        return self

    def pid(self):
        with open(os.path.join(self.data, 'postmaster.pid')) as lines:
            return int(lines.readline())

    def processes(self):
        "Those that work in the data folder. One that has ended and whom nobody has waited for is nowhere."
        found = []
        for folder in glob.glob('/proc/[0-9]*/cwd'):
            with contextlib.suppress(OSError):
                if os.readlink(folder) == os.path.realpath(self.data):
                    found.append(int(folder.split('/')[2]))
        return found

    def kill(self):
        "As a power cut would: no process gets to say goodbye."
        # All of them, or the next start finds their shared memory in use; a new one may be born meanwhile.
        while alive := self.processes():
            for pid in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)
        # Where nobody waits for the dead, as in some containers, the next one would take their locks for held.
        for lock in (os.path.join(self.data, 'postmaster.pid'), os.path.join(self.folder, f'.s.PGSQL.{self.port}.lock')):
            os.unlink(lock)

    def stop(self):
        self._run(os.path.join(programs(), 'pg_ctl'), '-D', self.data, '-m', 'immediate', '-s', 'stop', check=False)

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.create().start()

    def __exit__(self, *_):
        self.remove()


def shared(state_file):
    "The cluster that the whole ctest run shares, if one was started."
    with open(state_file) as state:
        return Cluster(**json.load(state))


def main(action, state_file):
    if os.path.exists(state_file):
        shared(state_file).remove()
        os.unlink(state_file)
    if action == 'start':
        cluster = Cluster()
        with open(state_file, 'w') as state:
            json.dump({'folder': cluster.folder, 'port': cluster.port}, state)
        cluster.create().start()


if __name__ == '__main__':
    main(*sys.argv[1:])
