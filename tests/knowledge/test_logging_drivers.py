"""What is known of logging drivers holds together."""

from __future__ import annotations

from composecheck.knowledge import logging_drivers


def test_the_options_of_a_driver_begin_with_its_name_or_are_common_ones() -> None:
    of_several = {"compress", "max-file", "max-size", "env", "env-regex", "labels", "labels-regex"}
    for driver, options in logging_drivers.DRIVERS.items():
        prefix = {"gcplogs": "gcp"}.get(driver, driver)
        own = options - of_several - {"tag"}
        assert all(option.startswith(f"{prefix}-") for option in own), driver


def test_what_all_drivers_take_is_no_option_of_one() -> None:
    common = logging_drivers.COMMON | logging_drivers.CACHE
    assert not any(options & common for options in logging_drivers.DRIVERS.values())


def test_what_is_named_is_there() -> None:
    assert set(logging_drivers.DRIVERS) >= logging_drivers.ANY_OPTIONS
    assert set(logging_drivers.DRIVERS) >= set(logging_drivers.OTHER_WORDS.values())
    assert not set(logging_drivers.DRIVERS) & set(logging_drivers.OTHER_WORDS)
