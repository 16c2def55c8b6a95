"""Addresses of the kernel inside places."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
