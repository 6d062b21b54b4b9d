"""Which modules hold jobs; the worker imports them."""

MODULES = [
    "joinedup.exchange.intake.jobs",
    "joinedup.governance.assurance.jobs",
    "joinedup.governance.breakglass.jobs",
    "joinedup.governance.rights.jobs",
    "joinedup.processes.childindex.jobs",
    "joinedup.processes.tracking.jobs",
]
