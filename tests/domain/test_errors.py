from consult.domain.errors import RuleBroken


def test_carries_its_code_status_and_facts():
    broken = RuleBroken("text-too-long", over=3)
    assert isinstance(broken, ValueError)
    assert (broken.code, broken.status, broken.facts) == ("text-too-long", 422, {"over": 3})
    assert RuleBroken("consultation-closed", 409).status == 409
