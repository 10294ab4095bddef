"""The shape of what people type to sign in."""

from __future__ import annotations

import re
import unicodedata

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from communities.accounts import passwords, phones, rules

NAME = re.compile(r"[^\W\d_]+(?:[ ·•'\-.][^\W\d_]+)*")
CODE_FIELD = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}


class PhoneForm(forms.Form):
    """A mobile number as people write it; the hidden field is a trap for robots."""

    phone = forms.CharField(
        label=_("手机号"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("请输入您的手机号。"), "max_length": _("请只输入一个手机号，例如 138 0013 8000。")},
    )
    website = forms.CharField(
        required=False,
        label=_("请留空"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_phone(self) -> str:
        phone = phones.normalised(self.cleaned_data["phone"])
        if not phone:
            raise forms.ValidationError(_("请输入 11 位手机号，例如 138 0013 8000。"))
        return phone

    def clean(self) -> dict:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(_("请刷新页面后再试一次。"))
        return self.cleaned_data


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={**CODE_FIELD, "autofocus": True}),
        error_messages={"required": _("请输入短信里的 6 位数字。"), "max_length": _("验证码是 6 位数字，请对照短信再输一次。")},
    )

    def clean_code(self) -> str:
        code = digits_in(self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError(_("验证码是 6 位数字，请对照短信再输一次。"))
        return code


class NoticeForm(forms.Form):
    age = forms.ChoiceField(
        label=_("您的年龄"),
        choices=[
            (rules.ADULT, _("已满 18 周岁")),
            (rules.YOUTH, _("14 至 17 周岁")),
            (rules.CHILD, _("未满 14 周岁")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择您的年龄段。"), "invalid_choice": _("请从三个年龄段中选一个。")},
    )
    agree = forms.BooleanField(
        label=_("我已读过并同意"),
        error_messages={"required": _("同意后才能登记。不同意也可以浏览所有公开内容。")},
    )


class NameForm(forms.Form):
    """One field for the whole name, 2 to 50 characters (U13)."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=50,
        help_text=_("请写真实姓名，公开时只显示姓氏。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请输入您的姓名。"), "max_length": _("姓名最多 50 个字。")},
    )

    def clean_name(self) -> str:
        name = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", self.cleaned_data["name"])).strip()
        if len(name) < 2:
            raise forms.ValidationError(_("姓名至少 2 个字。"))
        if not NAME.fullmatch(name):
            raise forms.ValidationError(_("姓名里只写文字和间隔号，例如 李秀兰、买买提·阿不都。"))
        return name


class ClockForm(forms.Form):
    """How far the demo's clock is moved."""

    days = forms.ChoiceField(
        label=_("向后拨"),
        choices=[("1", _("1 天")), ("3", _("3 天")), ("5", _("5 天")), ("10", _("10 天")), ("30", _("30 天"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择天数。"), "invalid_choice": _("请从列出的天数中选一个。")},
    )


class StaffSignInForm(allauth_forms.LoginForm):
    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = _("工号"), _("密码")
        name.error_messages["required"] = _("请输入工号。")
        password.error_messages["required"] = _("请输入密码。")
        name.widget.attrs = {"autocomplete": "username", "maxlength": "40"}
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""


class PasswordAgainForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = _("密码"), ""
        field.error_messages["required"] = _("请输入密码。")
        field.widget.attrs = {"autocomplete": "current-password"}


class NewPasswordForm(forms.Form):
    """A first password, typed twice."""

    password = forms.CharField(
        label=_("新密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请输入新密码。"), "max_length": _("密码最多 128 位。")},
    )
    again = forms.CharField(
        label=_("再输一次"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请把新密码再输一次。"), "max_length": _("密码最多 128 位。")},
    )

    def __init__(self, *args: object, person: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = passwords.words()

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean(self) -> dict:
        given = self.cleaned_data
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的密码不一样，请重新输入。"))
        return given


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        for key, label, said in (
            ("oldpassword", _("现在的密码"), _("请输入您现在的密码。")),
            ("password1", _("新密码"), _("请输入新密码。")),
            ("password2", _("再输一次"), _("请把新密码再输一次。")),
        ):
            field = self.fields[key]
            field.label, field.error_messages["required"] = label, said
            field.widget.attrs.pop("placeholder", None)
        self.fields["oldpassword"].help_text = self.fields["password2"].help_text = ""
        self.fields["password1"].help_text = passwords.words()


class _Factor:
    """The words of a code field of the second factor."""

    def say(self) -> None:
        field = self.fields["code"]
        field.label = _("动态码")
        field.max_length = 20
        field.help_text = _("打开手机上的验证器，输入当前显示的 6 位数字。")
        field.error_messages["required"] = _("请输入验证器上的 6 位数字。")
        field.widget.attrs = {**CODE_FIELD, "maxlength": "20"}


class SecondFactorForm(_Factor, factor_forms.AuthenticateForm):
    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.say()


class SecondFactorAgainForm(_Factor, factor_forms.ReauthenticateForm):
    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.say()


class ActivateTotpForm(_Factor, totp_forms.ActivateTOTPForm):
    def __init__(self, *args: object, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.say()


class DeactivateTotpForm(totp_forms.DeactivateTOTPForm):
    pass


def digits_in(text: str) -> str:
    """Digits as people paste them: full-width, with blanks or hyphens between (A12)."""
    return re.sub(r"[\s\-–·.]", "", unicodedata.normalize("NFKC", text))
