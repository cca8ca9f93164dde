"""A real Postfix of a test's own: settings, queue, mailbox and log in a temporary folder, listening on 127.0.0.1 only.

It refuses what the standards do not allow, where Postfix by itself would be lenient, and mends nothing. Whatever it
takes lies in one maildir; nothing can leave the machine, as every other transport is an error. Its second port demands
STARTTLS, with a certificate for localhost by an authority of its own (authority_file).

Postfix's master starts its parts under several users, so this needs root: see `missing`.
"""
import email
import email.policy
import glob
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from certificate import make_certificate
from cluster import free_port

PARTS = '/usr/lib/postfix/sbin'
START_SECONDS = 120
DELIVERY_SECONDS = 120

# Parts that take messages in, deliver them, and tell of it; none that could send them on.
SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
error unix - - n - - error
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""

SETTINGS = {
    'compatibility_level': '3.6',
    'inet_interfaces': 'loopback-only',
    'inet_protocols': 'ipv4',
    'myhostname': 'relay.example',
    'mydestination': '',
    'mynetworks': '127.0.0.0/8',
    'relay_domains': '',
    'relayhost': '',
    'alias_maps': '',
    'alias_database': '',
    'local_recipient_maps': '',
    'smtpd_peername_lookup': 'no',
    # Into one mailbox, whoever it is for; anywhere else is an error.
    'virtual_mailbox_domains': 'static:here',
    'virtual_mailbox_maps': 'static:all/',
    'virtual_transport': 'virtual',
    'virtual_minimum_uid': '1',
    'default_transport': 'error:nothing leaves this machine',
    'relay_transport': 'error:nothing leaves this machine',
    'local_transport': 'error:nothing leaves this machine',
    # Strict.
    'strict_rfc821_envelopes': 'yes',
    'strict_7bit_headers': 'yes',
    'strict_8bitmime': 'yes',
    'strict_8bitmime_body': 'yes',
    'strict_mime_encoding_domain': 'yes',
    'strict_smtputf8': 'yes',
    'smtpd_helo_required': 'yes',
    'smtpd_forbid_bare_newline': 'reject',
    'smtpd_forbid_bare_newline_exclusions': '',
    'smtpd_helo_restrictions': 'reject_invalid_helo_hostname',
    'smtpd_sender_restrictions': 'reject_non_fqdn_sender',
    'smtpd_recipient_restrictions': 'reject_non_fqdn_recipient, reject_unauth_pipelining, reject_unauth_destination',
    'smtpd_data_restrictions': 'reject_unauth_pipelining, reject_multi_recipient_bounce',
    # Adds neither a missing header nor a domain to an address that lacks one.
    'local_header_rewrite_clients': '',
    # The clients' limits are kept by a part that does not run here.
    'smtpd_client_connection_count_limit': '0',
    'smtpd_client_connection_rate_limit': '0',
    'smtpd_tls_security_level': 'none',
    'smtpd_tls_session_cache_database': '',
    'smtpd_tls_received_header': 'yes',
    'tls_random_source': 'dev:/dev/urandom',
}


def missing():
    "Why there can be no Postfix here; None where there can."
    if not os.access(os.path.join(PARTS, 'master'), os.X_OK):
        return "Postfix is not installed (Debian package postfix)"
    if os.geteuid():
        return "Postfix's master has to be started by root"
    return None


class Delivered:
    "A message as Postfix put it into the mailbox: the lines that it added, and the bytes that were sent to it."

    ADDED = (b'return-path', b'x-original-to', b'delivered-to', b'received')

    def __init__(self, content):
        self.added = b''
        rest = content
        # Its own headers come first, the last of them "Received: ... by relay.example".
        while rest.split(b':', 1)[0].lower() in self.ADDED:
            end = next(at for at in range(rest.index(b'\n') + 1, len(rest)) if at == len(rest) or
                       rest[at:at + 1] not in b' \t' and rest[at - 1:at] == b'\n')
            self.added, rest = self.added + rest[:end], rest[end:]
        self.content = rest
        envelope = email.message_from_bytes(self.added + b'\n', policy=email.policy.default)
        self.recipient = str(envelope['X-Original-To'])
        self.sender = str(envelope['Return-Path']).strip('<>')
        self.received = str(envelope['Received'])
        self.message = email.message_from_bytes(rest, policy=email.policy.default)


class Postfix:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='raadspost-postfix-', dir='/var/tmp')
        os.chmod(self.folder, 0o755)
        self.port, self.tls_port = free_port(), free_port()
        self.log_file = os.path.join(self.folder, 'log')
        self.mailbox = os.path.join(self.folder, 'mail', 'all')
        self.authority_file = os.path.join(self.folder, 'authority.pem')
        self.process = None
        self.looked_at = 0

    def start(self):
        self.make_folders()
        make_certificate(self.folder, 'relay')
        self.write_settings()
        self.process = subprocess.Popen([os.path.join(PARTS, 'master'), '-c', self.conf, '-d'], cwd='/',
                                        env={**os.environ, 'MAIL_CONFIG': self.conf}, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + START_SECONDS
        while not (self.greets(self.port) and self.greets(self.tls_port)):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Postfix did not start:\n{self.log()}")
            time.sleep(0.05)
        return self

    def greets(self, port):
        try:
            with socket.create_connection(('127.0.0.1', port), timeout=5) as line:
                greeting = line.recv(100)
                line.sendall(b'QUIT\r\n')
                return greeting.startswith(b'220 ')
        except OSError:
            return False

    # --- what lies in the folder -----------------------------------------------------------------------------

    @property
    def conf(self):
        return os.path.join(self.folder, 'conf')

    @property
    def queue(self):
        return os.path.join(self.folder, 'queue')

    def make_folders(self):
        owner, posting = pwd.getpwnam('postfix'), grp.getgrnam('postdrop').gr_gid
        os.mkdir(self.conf)
        os.mkdir(self.queue)
        for name in ('active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'private',
                     'saved', 'trace', 'public', 'maildrop'):
            path = os.path.join(self.queue, name)
            os.mkdir(path, 0o700)
            os.chown(path, owner.pw_uid, posting if name in {'public', 'maildrop'} else 0)
        os.chmod(os.path.join(self.queue, 'public'), 0o2710)
        os.chmod(os.path.join(self.queue, 'maildrop'), 0o1730)
        os.mkdir(os.path.join(self.queue, 'pid'), 0o755)
        for path in (os.path.join(self.folder, 'data'), os.path.dirname(self.mailbox)):
            os.mkdir(path, 0o700)
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def write_settings(self):
        owner = pwd.getpwnam('postfix')
        settings = {
            **SETTINGS, 'queue_directory': self.queue, 'data_directory': os.path.join(self.folder, 'data'),
            'daemon_directory': PARTS, 'maillog_file': self.log_file, 'maillog_file_prefixes': self.folder,
            'virtual_mailbox_base': os.path.dirname(self.mailbox), 'virtual_uid_maps': f'static:{owner.pw_uid}',
            'virtual_gid_maps': f'static:{owner.pw_gid}',
            'smtpd_tls_cert_file': os.path.join(self.folder, 'relay.pem'),
            'smtpd_tls_key_file': os.path.join(self.folder, 'relay.key')}
        with open(os.path.join(self.conf, 'main.cf'), 'w') as file:
            file.writelines(f'{name} = {value}\n' for name, value in settings.items())
        with open(os.path.join(self.conf, 'master.cf'), 'w') as file:
            file.write(SERVICES.format(port=self.port, tls_port=self.tls_port))

    # --- what came of it ----------------------------------------------------------------------------------------

    def log(self):
        try:
            with open(self.log_file, errors='replace') as lines:
                return lines.read()
        except FileNotFoundError:
            return "(no log)"

    def complaints(self):
        "What Postfix found fault with, in us or in its own settings."
        self.wait_for_log()
        said = [line for line in self.log()[self.looked_at:].splitlines()
                if any(word in line for word in ('warning:', 'error:', 'fatal:', 'panic:', 'reject:', 'improper'))]
        # What a virtual machine's clocks do is nobody's fault here.
        return [line for line in said if not any(word in line for word in ('file system clock', 'file time stamps'))]

    def wait_for_log(self):
        "Its parts write at a moment of their own; each conversation ends with a line."
        until = time.monotonic() + DELIVERY_SECONDS
        while (said := self.log()).count(': connect from ') != said.count(': disconnect from '):
            if time.monotonic() > until:
                raise RuntimeError(f"Postfix does not come to rest:\n{said[-2000:]}")
            time.sleep(0.05)

    def delivered(self, count=0):
        "All messages in the mailbox, as soon as there are so many."
        until = time.monotonic() + DELIVERY_SECONDS
        while len(names := glob.glob(os.path.join(self.mailbox, 'new', '*'))) < count and time.monotonic() < until:
            time.sleep(0.1)
        messages = []
        for name in names:
            with open(name, 'rb') as file:
                messages.append(Delivered(file.read()))
        return messages

    def forget(self):
        "Mailbox and complaints."
        self.wait_for_log()
        self.looked_at = len(self.log())
        for name in glob.glob(os.path.join(self.mailbox, 'new', '*')):
            os.unlink(name)

    def remove(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
