"""Addresses are for life."""

from django.urls import path

urlpatterns: list = []
