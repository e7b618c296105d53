"""Other systems, each written from its paper or run as a program, all on the same sentences.

Gale-Church and hunalign look at lengths and words; Vecalign's cost and Bertalign's score compare
vectors, here the mean of USE's and E5's cosines (``vectors``), which is what Relecture compares too: so
the figures differ by the search and not by the encoder. None shares code with ``qa/align``.
"""
