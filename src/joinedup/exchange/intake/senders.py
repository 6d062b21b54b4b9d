"""Which agency a file is from, when whoever brings it does not say."""

from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.exchange.opening import formats

_KINDS = {
    formats.AgencyKind.SCHOOLS: {"council_education"},
    formats.AgencyKind.SOCIAL_CARE: {"social_care"},
    formats.AgencyKind.HEALTH: {"health", "community_health"},
    formats.AgencyKind.POLICE: {"police"},
    formats.AgencyKind.YOUTH_JUSTICE: {"youth_justice"},
    formats.AgencyKind.ACTIVITIES: {"leisure", "voluntary"},
}


class AgencyNotSaid(Exception):
    """Several agencies, or none, could have sent this file; the message says which."""


def agency_for(recognised: formats.Recognised, *, code: str = "") -> agencies_queries.AgencyCard:
    """Return the agency a file is from: the one named, else the only one that sends this standard.

    Errors: AgencyNotSaid; NoSuchAgency when the code is nobody's.
    """
    if code:
        return agencies_queries.get_agency(code=code)
    agencies = agencies_queries.get_agencies()
    wanted = _KINDS.get(recognised.format.agency_kind, set())
    fitting = [agency for agency in agencies if agency.kind in wanted]
    if len(fitting) == 1:
        return fitting[0]
    choice = fitting or agencies
    if not choice:
        raise AgencyNotSaid("No agency is known here yet. Add one first: joinedup agencies add CODE NAME KIND")
    names = ", ".join(f"{agency.code} ({agency.name})" for agency in choice)
    raise AgencyNotSaid(f"Say which agency sent this {recognised.format.title} file. It could be: {names}.")
