"""What is said in the demonstration: voters' words, suggestions and answers by subject, activities by kind."""

from reports.demo.words.living import LIVING
from reports.demo.words.topic import Complaint, Proposal, Topic
from reports.demo.words.works import WORKS

TOPICS: tuple[Topic, ...] = (*WORKS, *LIVING)
BY_LABEL = {topic.label: topic for topic in TOPICS}

__all__ = ["BY_LABEL", "TOPICS", "Complaint", "Proposal", "Topic"]
