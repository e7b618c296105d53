"""Reference-free quality estimation: sentence score, word suspicion, calibration."""
