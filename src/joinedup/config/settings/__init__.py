"""Settings for each way of running: demo, test and production, on a common base."""
