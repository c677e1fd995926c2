"""What may be left out at the installation."""

from consult.domain import extras


def test_it_tells_what_is_installed():
    assert extras.has()
    assert extras.has("flask", *extras.NUMBERS, *extras.LEARNING)
    assert not extras.has("flask", "no_such_package")
