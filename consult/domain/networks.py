"""Addresses of the network: what counts as one sender, and what is kept of one."""

from ipaddress import IPv4Address, IPv6Address, ip_address

ONE_HOME = 64
ONE_PLACE = 48


def sender(address: str) -> str:
    """Return what tries are counted by: an address, or the network that one home holds whole.

    Of an IPv6 address, that is its first 64 bits: whoever has one has them all. What is no address
    counts as it is written.
    """
    found = _read(address)
    return _first(found, ONE_HOME) if isinstance(found, IPv6Address) else str(found or address)


def blurred(address: str) -> str:
    """Return what is kept of an address: where it is from, not whose it is; "" of anything else."""
    found = _read(address)
    if isinstance(found, IPv6Address):
        return _first(found, ONE_PLACE)
    return str(found).rpartition(".")[0] if found else ""


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


def _first(address: IPv6Address, bits: int) -> str:
    return str(IPv6Address(int(address) >> (128 - bits) << (128 - bits))) + f"/{bits}"
