"""Open calls for tests: one that takes projects, its envelope, principles, projects, readings."""

from datetime import timedelta

from consult.models import (
    Assessment,
    CallEnvelope,
    CallInvitation,
    CallOfficer,
    Instalment,
    OpenCall,
    OutsideCall,
    Principle,
    Project,
    ProjectCarrier,
)


def call(make, *, officer=None, envelopes=(400_000,), principles=2, **facts):
    """An open call, published and locked, that takes projects now."""
    number = next(make.numbers)
    facts = {
        "slug": f"appel-{number}",
        "title": f"Appel {number}",
        "opened_by": "La communauté de communes",
        "territory_code": "R-44",
        "opens_at": make.now - timedelta(days=10),
        "closes_at": make.now + timedelta(days=10),
        "published_at": make.now - timedelta(days=11),
        "created_at": make.now - timedelta(days=12),
        "seed": f"{number:064}",
        "terms": {"rule": facts.get("rule", "equal_awards")},
        "terms_digest": f"{number:064}",
    } | facts
    found = make.save(OpenCall(**facts))
    for position, cents in enumerate(envelopes, start=1):
        funder = {"funder": f"Financeur {position}", "amount_cents": cents}
        make.save(CallEnvelope(call_id=found.id, position=position, **funder))
    for position in range(1, principles + 1):
        title = f"Le projet respecte le principe {position}"
        make.save(Principle(call_id=found.id, position=position, title=title))
    if officer is not None:
        runs(make, found, officer)
    return found


def runs(make, found, account):
    given = {"call_id": found.id, "account_id": account.id, "created_at": make.now}
    return make.save(CallOfficer(**given))


def project(make, found, *, lead=None, account=None, asked=100_000, **facts):
    """A project that was sent, led by an organisation."""
    number = next(make.numbers)
    facts = {
        "number": number,
        "state": "submitted",
        "title": f"Projet {number}",
        "for_whom": "Les habitants",
        "what": "Des ateliers.",
        "asked_cents": asked,
        "account_id": account.id if account else None,
        "contact_email": "projet@exemple.fr",
        "created_at": make.now,
        "updated_at": make.now,
        "submitted_at": make.now,
    } | facts
    sent = make.save(Project(call_id=found.id, **facts))
    lead = lead or make.organisation()
    once = found.id if found.one_per_carrier and sent.state == "submitted" else None
    carried = {"organisation_id": lead.id, "leads": True, "once_call_id": once}
    make.save(ProjectCarrier(project_id=sent.id, **carried))
    return sent


def assess(make, sent, principle, verdict="yes", **facts):
    told = {} if verdict == "yes" else {"reason": "Il manque une date.", "fix": "Donnez la date."}
    given = {"verdict": verdict, "version": sent.version, "assessed_at": make.now} | told | facts
    return make.save(Assessment(project_id=sent.id, principle_id=principle.id, **given))


def everything(make, account, **named):
    """A call that someone opened and runs with all that hangs on it, and one they told of."""
    found = call(make, owner_id=account.id, officer=account, **named)
    make.save(Instalment(call_id=found.id, position=1, share=10_000))
    dates = {"created_at": make.now, "expires_at": make.now}
    letter = {"email": "ada@exemple.fr", "token_hash": "ca" * 32}
    make.save(CallInvitation(call_id=found.id, invited_by_id=account.id, **letter, **dates))
    words = {"funder": "La Fondation", "title": "Ailleurs", "link": "https://exemple.fr/"}
    make.save(OutsideCall(account_id=account.id, created_at=make.now, **words))
    return found
