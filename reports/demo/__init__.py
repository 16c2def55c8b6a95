"""The demonstration: an invented county with three townships, told through the actions of real use from 2021 to today."""
