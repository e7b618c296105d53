"""The parts of ``benchmarks/align.py``.

=================  ===============================================================================
``cases``          documents with known links: gold sets, and parallel texts as they stand
``edits``          documents made from parallel texts by kind of edit; ``noise`` has what is inserted
``systems``        what is compared: Relecture's levels and the systems in ``peers``
``report``         the table of systems by document
``speed``          seconds of ``default`` without a cache, and the encoders' part of them
``scaling``        time and memory at 1,000 to 100,000 sentences a side
``omissions``      what ``qa/align/trim.py`` brings
``calibration``    fits the weights of ``qa/align/confidence.py`` and writes ``background.npz``
=================  ===============================================================================
"""
