"""Reads one message from standard input as Python's email package does, and prints what it found, a fact a line.

A second opinion on core/post/compose: another implementation, strict about defects."""
import email
import email.policy
import hashlib
import sys

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.SMTP)
for name in ("From", "Sender", "Reply-To", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
             "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Language", "MIME-Version"):
    for value in message.get_all(name, []):
        print(f"{name}: {value}")
        for address in getattr(value, 'addresses', ()):
            print(f"{name} name: {address.display_name}")
print("headers:", len(message.keys()))
for part in message.walk():
    for defect in part.defects:
        print("defect:", type(defect).__name__)
    for value in part.values():
        for defect in getattr(value, "defects", ()):
            print("header defect:", type(defect).__name__)
    if part.is_multipart():
        print("multipart:", part.get_content_type(), part.get_boundary())
        continue
    content = part.get_payload(decode=True)
    print("part:", part.get_content_type(), part.get("Content-Transfer-Encoding"), part.get_content_charset(),
          part.get_content_disposition(), part.get_filename(), hashlib.sha256(content).hexdigest())
