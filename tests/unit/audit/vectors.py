"""The tree that the Certificate Transparency projects test theirs with, and a tree worked out the slow way."""

import hashlib

#: Leaves and the roots of the first one, two ... eight of them.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def larger_half(count):
    half = 1
    while half * 2 < count:
        half *= 2
    return half


def root(data):
    """The definition, word for word."""
    if not data:
        return sha()
    if len(data) == 1:
        return sha(b"\x00", data[0])
    half = larger_half(len(data))
    return sha(b"\x01", root(data[:half]), root(data[half:]))


def inclusion(place, data):
    if len(data) == 1:
        return []
    half = larger_half(len(data))
    if place < half:
        return [*inclusion(place, data[:half]), root(data[half:])]
    return [*inclusion(place - half, data[half:]), root(data[:half])]


def consistency(first, data, *, is_whole=True):
    if first == len(data):
        return [] if is_whole else [root(data)]
    half = larger_half(len(data))
    if first <= half:
        return [*consistency(first, data[:half], is_whole=is_whole), root(data[half:])]
    return [*consistency(first - half, data[half:], is_whole=False), root(data[:half])]
