"""A mail server that wants TLS and a password, as those of providers do; it keeps each letter it takes as a line of JSON.

mail.py CERTIFICATE KEY LETTERS: prints the port that begins in the clear (STARTTLS) and the one that is TLS from the start."""
import asyncio, email, email.policy, json, ssl, sys

from aiosmtpd.smtp import SMTP, AuthResult

CERTIFICATE, KEY, LETTERS = sys.argv[1:]


class Office:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 There is no nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in letter.walk() if not part.is_multipart()}
        kept = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": letter["subject"], "kind": letter.get_content_type(),
                "id": letter["message-id"], "parts": parts}
        with open(LETTERS, "a") as letters:
            letters.write(json.dumps(kept) + "\n")
        return "250 kept"


def let_in(server, session, envelope, mechanism, given):
    return AuthResult(success=given.login == b"shop@example.org" and given.password == b"open sesame", handled=False)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE, KEY)
    loop = asyncio.get_running_loop()
    options = {"authenticator": let_in, "auth_required": True, "hostname": "localhost"}
    begins_clear = await loop.create_server(
        lambda: SMTP(Office(), tls_context=context, require_starttls=True, **options), "127.0.0.1", 0)
    all_tls = await loop.create_server(lambda: SMTP(Office(), auth_require_tls=False, **options), "127.0.0.1", 0, ssl=context)
    print(*(server.sockets[0].getsockname()[1] for server in (begins_clear, all_tls)), flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
