"""Random tests are the same on every run and machine, and nothing in them depends on the clock."""

from hypothesis import HealthCheck, settings

settings.register_profile("course", deadline=None, derandomize=True, database=None,
                          suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("course")
