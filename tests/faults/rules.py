"""Faults of rules, scripts, interfaces, channels and feedback."""

from tests.faults import Fault

FAULTS = {
    "a rule that binds one side": Fault(
        "care/rules.yml", "  counterpart: esimies\n  counterpart_does:\n"
        '    fi: "sinä kerrot parhaan',
        '  exception:\n    fi: "sinä kerrot parhaan',
        "PS-E-01:", "PS-E-01 binds one side only",
    ),
    "a counterpart who is one of us": Fault(
        "care/rules.yml",
        '  counterpart: esimies\n  counterpart_does:\n    fi: "sinä kerrot parhaan',
        '  counterpart: palveluesimies\n  counterpart_does:\n    fi: "sinä kerrot parhaan',
        "counterpart: palveluesimies", "is on the provider side, but counterpart of PS-E-01",
    ),
    "a rule without a measure": Fault(
        "care/rules.yml", "  measure:\n    fi: \"Kymmenen koekysymystä",
        "  reference:\n    fi: \"Kymmenen koekysymystä",
        "PS-Y-06:", "nobody measures what PS-Y-06 promises",
    ),
    "a time that passes and nothing happens": Fault(
        "care/rules.yml", "  escalation:\n    fi: \"Jos epäilet",
        "  exception:\n    fi: \"Jos epäilet",
        "PS-P-09:", "PS-P-09 promises a time and does not say what happens when it passes",
    ),
    "two times for one trigger": Fault(
        "care/rules.yml", 'fi: "sinulle on maksettu liikaa"',
        'fi: "Palkkalaskelmassasi on mielestäsi virhe."',
        "PS-P-03:", "PS-P-03 and PS-P-02 have one trigger and two times",
    ),
    "a rule in a channel that does not exist": Fault(
        "care/rules.yml", "channels: [kaynti-yksikossa]", "channels: [kaynti-kotona]",
        "kaynti-kotona", "no channel 'kaynti-kotona'",
    ),
    "a promise nobody measures": Fault(
        "care/channels.yml", "  measure:\n    fi: \"Kuukausitarkistus",
        "  cost:\n    fi: \"Kuukausitarkistus",
        "intranet:", "nobody measures what intranet promises",
    ),
    "an electronic channel without a way out": Fault(
        "care/channels.yml", "  fallback: oma-numero\n", "",
        "sahkoposti:", "sahkoposti is electronic and has no fallback",
    ),
    "an electronic channel that promises nothing": Fault(
        "care/channels.yml", "  promise:\n    fi: \"Kuittaus tulee",
        "  cost:\n    fi: \"Kuittaus tulee",
        "automaattiviesti:", "automaattiviesti is electronic and promises nothing",
    ),
    "fallbacks that go round": Fault(
        "care/channels.yml", "  fallback: oma-numero\n", "  fallback: automaattiviesti\n",
        "fallback: automaattiviesti", "sahkoposti → automaattiviesti → sahkoposti",
    ),
    "a channel that does not fit its own level": Fault(
        "care/channels.yml", "  level: remote\n  fits: [remote]\n  owner: palvelunumero",
        "  level: remote\n  fits: [personal]\n  owner: palvelunumero",
        "soittopyynto:", "soittopyynto gives remote service but does not fit it",
    ),
    "a channel with the code of an encounter": Fault(
        "care/channels.yml", "  facet: asiakkaan-luona", "  facet: neuvonta",
        "facet: neuvonta", "'neuvonta' is no channel of the codebook",
    ),
    "an encounter in a channel that does not fit": Fault(
        "care/encounters.yml", "  channels: [tiski, ajanvaraus]",
        "  channels: [tiski, ajanvaraus, intranet]",
        "intranet", "tiskiasiointi needs personal service; intranet does not fit",
    ),
    "an exception for what fits": Fault(
        "care/channels.yml", "    - encounter: uusi-tyontekija", "    - encounter: virheen-korjaus",
        "encounter: virheen-korjaus", "accepts virheen-korjaus, which is no misfit there",
    ),
    "a script that leans on no rule": Fault(
        "care/scripts.yml", "  rules: [PS-P-01]\n", "  rules: []\n",
        "puuttuva-palkka:", "script puuttuva-palkka leans on no rule",
    ),
    "a script in which nothing is done": Fault(
        "care/scripts.yml", "  do:\n    - fi: \"Avaa vuoden",
        "  do: []\n  steps:\n    - fi: \"Avaa vuoden",
        "uusi-tyontekija:", "script uusi-tyontekija does nothing",
    ),
    "a script for an encounter that does not exist": Fault(
        "care/scripts.yml", "encounter: poissaoloilmoitus", "encounter: poissaoloilmotus",
        "poissaoloilmotus", "no encounter 'poissaoloilmotus'",
    ),
    "an interface with trouble and no tool": Fault(
        "care/interfaces.yml",
        "  rules: [PS-Y-07, PS-P-04]\n  cards: [palkkalaskelma, palkkaennakko]\n", "",
        "tiski:", "customers have trouble at tiski (F01, F02, F17)",
    ),
    "a feedback table that does not exist": Fault(
        "care/feedback.yml", "  sources: [feedback]\n", "  sources: [palautteet]\n",
        "palaute-puhelussa:", "no feedback table 'palautteet'",
    ),
    "an answer in no days": Fault(
        "care/feedback.yml", "  days: 20\n", "  days: 0\n",
        "palaute-kaynnilla:", "palaute-kaynnilla promises an answer in 0 days",
    ),
}  # fmt: skip
