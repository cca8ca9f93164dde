"""The public pages as they are seen from outside: by a griffie that answers there, and by gateways that look at every link.

The links of our mails bear a public address; in the demo that name leads to the web server on localhost. Each visitor
comes from an address of its own in 127.0.0.0/8.
"""
import http.client
import re
import urllib.parse

FORM = 'application/x-www-form-urlencoded'
BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'
SCANNER = 'Mozilla/5.0 (compatible; LinkGateway/7.2)'


class Pages:
    "Those of the server on that port."

    def __init__(self, port):
        self.port = port

    def ask(self, method, url, visitor, body=None, **headers):
        "(status, text)."
        source = f'127.{1 + visitor // 65025}.{visitor // 255 % 255}.{1 + visitor % 254}'
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=60, source_address=(source, 0))
        try:
            connection.request(method, urllib.parse.urlsplit(url).path, body=body,
                               headers={name.replace('_', '-'): value for name, value in headers.items()})
            response = connection.getresponse()
            return response.status, response.read().decode('utf-8', 'replace')
        finally:
            connection.close()

    def post(self, url, visitor, fields, agent):
        return self.ask('POST', url, visitor, urllib.parse.urlencode(fields, doseq=True).encode(), Content_Type=FORM,
                        User_Agent=agent)

    # --- a griffie ----------------------------------------------------------------------------------------

    def answer(self, click, visitor):
        "Opens the page, fills in its form and sends it."
        status, text = self.ask('GET', click.page, visitor, User_Agent=BROWSER)
        unknown = [name for name in click.fields if f'name="{name}"' not in text]
        if status != 200 or unknown:
            raise SystemExit(f"the page of {click.council} answers {status} and has no {unknown}")
        status, text = self.post(click.page, visitor, click.fields, BROWSER)
        if status != 200:
            raise SystemExit(f"the answer of {click.council} was refused: {status}")

    # --- a gateway ----------------------------------------------------------------------------------------

    def look_around(self, links, visitor):
        "Opens, probes and prefetches each link, and submits the forms as it finds them; gives how many requests that were."
        requests = 0
        for link in links:
            status, text = self.ask('GET', link, visitor, User_Agent=SCANNER)
            probed, _ = self.ask('HEAD', link, visitor, User_Agent=SCANNER)
            ahead, _ = self.ask('GET', link, visitor, User_Agent=SCANNER, Purpose='prefetch', Sec_Purpose='prefetch')
            if {status, probed, ahead} != {200}:
                raise SystemExit(f"{link} answers {status}, {probed}, {ahead}")
            requests += 3
            if '<form' in text:
                self.post(link, visitor, fields_of(text), SCANNER)
                requests += 1
        return requests

    def tick_everything(self, page, visitor):
        "The worst of gateways: the first of each choice, and the button."
        _, text = self.ask('GET', page, visitor, User_Agent=SCANNER)
        fields = fields_of(text)
        for tag in re.findall(r'<input[^>]* type="(?:radio|checkbox)"[^>]*>|<input type="(?:radio|checkbox)"[^>]*>', text):
            name, value = attribute(tag, 'name'), attribute(tag, 'value')
            if not name.endswith('stop'):
                fields.setdefault(name, value)
        return self.post(page, visitor, fields, SCANNER)[0]


def attribute(tag, name):
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found[1] if found else ''


def fields_of(page):
    "As a browser would send them without a choice having been made."
    tags = re.findall(r'<(?:input|textarea)[^>]*>', page)
    return {attribute(tag, 'name'): attribute(tag, 'value') for tag in tags if not re.search(r'type="(radio|checkbox)"', tag)}
