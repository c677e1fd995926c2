"""What counts as one sender, and what is kept of an address."""

import pytest

from consult.domain import networks


@pytest.mark.parametrize(
    ("address", "sender", "kept"),
    [
        ("198.51.100.7", "198.51.100.7", "198.51.100"),
        ("::ffff:198.51.100.7", "198.51.100.7", "198.51.100"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("::1", "::/64", "::/48"),
        ("", "", ""),
        ("unknown", "unknown", ""),
        ("198.51.100.7:4321", "198.51.100.7:4321", ""),
    ],
)
def test_one_sender_is_one_home(address, sender, kept):
    assert networks.sender(address) == sender
    assert networks.blurred(address) == kept
