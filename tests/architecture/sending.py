"""Every form that makes a record, by its name: what is entered in it stands in the file of its noun."""

from tests.architecture.sending_campaigns import CAMPAIGNS
from tests.architecture.sending_candidates import CANDIDATES
from tests.architecture.sending_deputies import DEPUTIES
from tests.architecture.sending_imports import IMPORTS
from tests.architecture.sending_jobs import JOBS
from tests.architecture.sending_kernel import KERNEL
from tests.architecture.sending_proposals import PROPOSALS
from tests.architecture.sending_roll import ROLL
from tests.architecture.sending_votes import VOTES

CASES = KERNEL | JOBS | IMPORTS | DEPUTIES | CAMPAIGNS | ROLL | CANDIDATES | VOTES | PROPOSALS
