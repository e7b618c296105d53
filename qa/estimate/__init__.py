"""Reference-free quality estimation: sentence score, word suspicion, calibration.

``load()`` gives an :class:`Estimator`; ``ESTIMATORS`` lists the kinds, plug-ins included. What the
numbers mean and what the bundled model was trained on: ``docs/model-card.md``.
"""

from qa.estimate.base import ESTIMATORS, UNSEEN, Estimator, Remote, load

__all__ = ["ESTIMATORS", "UNSEEN", "Estimator", "Remote", "load"]
