"""What the door does for an access token and sign-in for a password, as Python services do it: PyJWT over cryptography, and argon2-cffi.

For comparison only. The same claims, curve and parameters as shared/auth; prints what each repetition took, in milliseconds, as JSON.
"""

import json
import sys
import time

import jwt
from argon2 import PasswordHasher, Type
from cryptography.hazmat.primitives.asymmetric import ec

ISSUER = "https://example.com"
PASSWORD = "glacier-pocket-violin"


def timed(warm_up, repetitions, work):
    """Milliseconds of each repetition after `warm_up` that do not count."""
    took = []
    for repetition in range(warm_up + repetitions):
        began = time.perf_counter_ns()
        work()
        if repetition >= warm_up:
            took.append((time.perf_counter_ns() - began) / 1e6)
    return took


def claims():
    """As `auth::access_tokens::Claims` writes them."""
    now = int(time.time())
    return {
        "iss": ISSUER,
        "aud": ISSUER,
        "sub": "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c",
        "sid": "0a4d6a0e-5f0c-5b3a-9d27-2ae4f8fd6f3e",
        "tid": "bench",
        "role": "agent",
        "enrolling": False,
        "iat": now,
        "exp": now + 300,
        "jti": "cXJ0ZXN0c2FtcGxlb25seTAwMDAwMDAw",
    }


def main():
    """Measures everything once."""
    tokens, passwords = int(sys.argv[1]), int(sys.argv[2])
    private = ec.generate_private_key(ec.SECP256R1())
    keys = {"bench": private.public_key()}
    said = claims()
    headers = {"typ": "at+jwt", "kid": "bench"}

    def sign():
        return jwt.encode(said, private, algorithm="ES256", headers=headers)

    token = sign()

    def verify():
        header = jwt.get_unverified_header(token)
        if header["typ"] != "at+jwt":
            raise ValueError("of another kind")
        return jwt.decode(token, keys[header["kid"]], algorithms=["ES256"], audience=ISSUER, issuer=ISSUER, leeway=5)

    hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)
    kept = hasher.hash(PASSWORD)
    print(
        json.dumps(
            {
                "sign": timed(tokens // 10, tokens, sign),
                "verify": timed(tokens // 10, tokens, verify),
                "hash": timed(1, passwords, lambda: hasher.hash(PASSWORD)),
                "check": timed(1, passwords, lambda: hasher.verify(kept, PASSWORD)),
            }
        )
    )


if __name__ == "__main__":
    main()
