"""A certificate of localhost, signed by an authority that nobody else knows: for servers of one test."""
import subprocess


def make_certificate(folder, name):
    "<name>.pem and <name>.key, and authority.pem to check them by."
    def openssl(*words):
        subprocess.run(['openssl', *words], cwd=folder, stdin=subprocess.DEVNULL, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    new_key = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2')
    openssl('req', '-x509', *new_key, '-keyout', 'authority.key', '-out', 'authority.pem', '-subj',
            '/CN=Authority of one test')
    openssl('req', '-x509', *new_key, '-keyout', f'{name}.key', '-out', f'{name}.pem', '-subj', '/CN=localhost',
            '-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=critical,CA:FALSE',
            '-CA', 'authority.pem', '-CAkey', 'authority.key')
