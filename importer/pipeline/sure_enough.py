"""How sure a proposal must be to be taken as it is."""

LEAST = 0.5
"""Below this confidence a proposal is shown, and not taken unless a person corrects it."""

TOO_UNSURE = "That is too unsure to be taken as it is."
