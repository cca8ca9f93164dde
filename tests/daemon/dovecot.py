"""A real Dovecot of a test's own: settings, mailboxes and log in a temporary folder, listening on 127.0.0.1 only.

One user with a Maildir; IMAP with STARTTLS on one port and under TLS on another, with a certificate for localhost by an
authority of its own (authority_file). A password, and tokens (XOAUTH2) that it checks by itself. Its master starts its
parts under several users, so this needs root: see `missing`.
"""
import base64
import glob
import hashlib
import hmac
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from certificate import make_certificate
from cluster import free_port

MASTER = '/usr/sbin/dovecot'
DOVEADM = '/usr/bin/doveadm'
START_SECONDS = 120
USER, PASSWORD = 'griffies@dorpen.example', 'zes "ganzen" \\ 7'
TOKEN_KEY = b'a key that only this test and its server know'

SETTINGS = '''
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
auth_mechanisms = plain {mechanisms}
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:~/Maildir
imap_capability = {capability}
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/home
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
'''
TOKENS = '''
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
'''


def missing():
    "Why there can be no Dovecot here; None where there can."
    if not os.access(MASTER, os.X_OK) or not glob.glob('/usr/lib/dovecot/imap'):
        return "Dovecot is not installed (Debian package dovecot-imapd)"
    if os.geteuid():
        return "Dovecot's master has to be started by root"
    return None


def part(value):
    return base64.urlsafe_b64encode(value).rstrip(b'=')


def token(key=TOKEN_KEY, user=USER, seconds=3600):
    "As an identity provider would make it."
    now = int(time.time())
    head = part(json.dumps({'alg': 'HS256', 'typ': 'JWT', 'kid': 'default'}).encode())
    body = part(json.dumps({'sub': user, 'iat': now - 60, 'nbf': now - 60, 'exp': now + seconds}).encode())
    return b'.'.join((head, body, part(hmac.new(key, head + b'.' + body, hashlib.sha256).digest()))).decode()


class Dovecot:
    def __init__(self, capability='', mechanisms='xoauth2'):
        self.folder = tempfile.mkdtemp(prefix='raadspost-dovecot-', dir='/var/tmp')
        os.chmod(self.folder, 0o755)
        self.port, self.tls_port = free_port(), free_port()
        self.capability, self.mechanisms = capability, mechanisms
        self.authority_file = os.path.join(self.folder, 'authority.pem')
        self.maildir = os.path.join(self.folder, 'home', 'Maildir')
        self.process = None
        self.delivered = 0
        self.make_folders()
        make_certificate(self.folder, 'server')

    # --- what lies in the folder -----------------------------------------------------------------------------

    @property
    def conf(self):
        return os.path.join(self.folder, 'dovecot.conf')

    def make_folders(self):
        owner = pwd.getpwnam('nobody')
        for name in ('run', 'state', 'home', 'home/Maildir', 'home/Maildir/new', 'home/Maildir/cur', 'home/Maildir/tmp'):
            os.mkdir(os.path.join(self.folder, name), 0o755)
            if name.startswith('home'):
                os.chown(os.path.join(self.folder, name), owner.pw_uid, owner.pw_gid)
        keys = os.path.join(self.folder, 'keys', 'default', 'HS256')
        os.makedirs(keys)
        self.write(os.path.join(keys, 'default'), base64.b64encode(TOKEN_KEY).decode())
        self.write('users', f'{USER}:{{PLAIN}}{PASSWORD}\n')
        self.write('oauth2', TOKENS.format(folder=self.folder))

    def write(self, name, text):
        with open(os.path.join(self.folder, name), 'w') as file:
            file.write(text)

    # --- its life ------------------------------------------------------------------------------------------------

    def start(self):
        self.write('dovecot.conf', SETTINGS.format(folder=self.folder, port=self.port, tls_port=self.tls_port,
                                                   capability=self.capability, mechanisms=self.mechanisms))
        self.process = subprocess.Popen([MASTER, '-F', '-c', self.conf], cwd='/', stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + START_SECONDS
        while not self.greets():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Dovecot did not start:\n{self.log()}")
            time.sleep(0.05)
        return self

    def greets(self):
        try:
            with socket.create_connection(('127.0.0.1', self.port), timeout=5) as line:
                return line.recv(100).startswith(b'* OK')
        except OSError:
            return False

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.process = None

    def admin(self, *words):
        done = subprocess.run([DOVEADM, '-c', self.conf, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"doveadm {' '.join(words)}: {done.stdout}{self.log()[-2000:]}")
        return done.stdout

    def kick(self):
        "Ends all connections."
        self.admin('kick', USER)

    def create(self, folder):
        self.admin('mailbox', 'create', '-u', USER, folder)

    def set_uid_validity(self, number):
        self.admin('mailbox', 'update', '-u', USER, '--uid-validity', str(number), 'INBOX')

    def status(self, field, folder='INBOX'):
        return int(self.admin('mailbox', 'status', '-u', USER, field, folder).rsplit('=', 1)[1])

    def flags(self):
        "Of all messages in the inbox."
        return self.admin('fetch', '-u', USER, 'flags', 'mailbox', 'INBOX')

    # --- mail ------------------------------------------------------------------------------------------------------

    def deliver(self, message, folder=''):
        "As a mail server does: into tmp, then in one step into new."
        self.delivered += 1
        owner = pwd.getpwnam('nobody')
        box = os.path.join(self.maildir, folder)
        name = f'{int(time.time())}.M{self.delivered:06}P{os.getpid()}.dorpen'
        waiting = os.path.join(box, 'tmp', name)
        with open(waiting, 'wb') as file:
            file.write(message)
        os.chown(waiting, owner.pw_uid, owner.pw_gid)
        os.rename(waiting, os.path.join(box, 'new', name))

    def log(self):
        try:
            with open(os.path.join(self.folder, 'log'), errors='replace') as lines:
                return lines.read()
        except FileNotFoundError:
            return "(no log)"

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class BadLine:
    "A line between a client and a server that falls after so many bytes from the server, each time a few more."

    def __init__(self, to_port, first=200, growing=1.5):
        self.to_port, self.allowed, self.growing = to_port, first, growing
        self.fell = 0
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        allowed, self.allowed = int(self.allowed), self.allowed * self.growing
        with client, socket.create_connection(('127.0.0.1', self.to_port)) as server:
            threading.Thread(target=self.upwards, args=(client, server), daemon=True).start()
            try:
                while allowed > 0 and (data := server.recv(min(allowed, 4096))):
                    client.sendall(data)
                    allowed -= len(data)
            except OSError:
                pass
            if allowed <= 0:
                self.fell += 1
                # Closing alone says nothing to the other end while a thread still reads from it.
                for end in (client, server):
                    end.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def upwards(client, server):
        try:
            while data := client.recv(4096):
                server.sendall(data)
        except OSError:
            pass

    def close(self):
        self.server.close()
