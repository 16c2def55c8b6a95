"""The demonstration: an invented county with four townships, told through the actions of real use from 2021 to today."""
