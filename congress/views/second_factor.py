"""Pages of the second factor: those of django-allauth, each an action of the trail."""

from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp

from congress.accounts import ENROL, LOGIN, PUT_ASIDE, RENEW, as_action
from congress.web.proof import proved
from congress.web.second_factor import TOTP


class _Enrol(totp.ActivateTOTPView):
    """Enrolling a telephone; the code that was shown for it is used up."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        row = Authenticator.objects.get(user=self.request.user, type=TOTP)
        row.data |= {"last": form.counter}
        row.save(update_fields=["data"])
        return answer


enter = as_action(base.authenticate, LOGIN, public=True)
overview = as_action(base.index, ENROL)
enrol = as_action(proved(_Enrol.as_view()), ENROL)
put_aside = as_action(proved(totp.deactivate_totp), PUT_ASIDE)
codes = as_action(recovery.view_recovery_codes, ENROL)
renew_codes = as_action(proved(recovery.generate_recovery_codes), RENEW)
