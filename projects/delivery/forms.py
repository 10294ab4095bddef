"""The shape of plans, reports, problems and stops."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.fields import CountField, DateField, LineField, ReasonField, TextField, YuanField
from portal.files import KeptFile, PaperField, PhotoField
from projects.delivery.models import ProblemReport
from projects.delivery.rules import EVIDENCE, PUBLIC_EVIDENCE, EvidenceKind

MOST_PHOTOS = 9
PICK = {"required": _("请选择一项。"), "invalid_choice": _("请在列出的选项里选一项。")}
PHOTO_KINDS = [(kind.value, EVIDENCE[kind]) for kind in EvidenceKind if kind in PUBLIC_EVIDENCE]


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict, name: str) -> list:
        return files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []


class PhotosField(PhotoField):
    """Several photos at once; cleans to a list of kept files."""

    default_error_messages = {"too_many": _("一次最多传 %(most)s 张照片，其余的下次再传。")}

    def __init__(self, **kwargs: Any):
        accept = ",".join(f".{end}" for end in self.accepts)
        kwargs.setdefault("widget", PhotosInput(attrs={"accept": accept, "multiple": True}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[KeptFile]:
        uploads = [one for one in data or [] if one]
        if len(uploads) > MOST_PHOTOS:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"most": MOST_PHOTOS})
        if not uploads:
            one = super().clean(None, initial)
            return [one] if one else []
        return [super(PhotosField, self).clean(upload, initial) for upload in uploads]


class ReportForm(forms.Form):
    percent = CountField(
        label=_("完成进度（%）"), least=0, most=100, help_text=_("整个项目到今天完成了百分之几，例如 40。")
    )
    text = TextField(
        label=_("进展说明"),
        least=5,
        most=1000,
        rows=4,
        help_text=_("做了什么、接下来做什么；会公开，不要写电话。"),
        error_messages={"required": _("请写几句现在的进展。")},
    )
    files = PhotosField(label=_("现场照片"), required=False)
    kind = forms.ChoiceField(
        label=_("照片类别"), choices=PHOTO_KINDS, initial=EvidenceKind.DURING.value, error_messages=PICK
    )
    caption = LineField(label=_("照片说明"), most=80, required=False, help_text=_("看不见照片的人靠它了解内容。"))


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("资料类别"), choices=[(kind.value, EVIDENCE[kind]) for kind in EvidenceKind], error_messages=PICK
    )
    file = PaperField(label=_("文件"), help_text=_("签到表和物资清单只给工作人员和监督员看，不公开。"))
    caption = LineField(label=_("说明"), most=80, least=2, error_messages={"required": _("请写一句文件的内容。")})


class MilestoneForm(forms.Form):
    title = LineField(
        label=_("节点"),
        least=2,
        most=40,
        help_text=_("例如：坡道浇筑完成。"),
        error_messages={"required": _("请写这一步要完成什么。")},
    )
    due_on = DateField(label=_("计划完成日"))
    planned_amount = YuanField(label=_("计划用款"), required=False, least=0)


class ChangeForm(forms.Form):
    due_on = DateField(label=_("新的完成日"), required=False, help_text=_("留空表示取消这个节点。"))
    reason = ReasonField(label=_("调整原因"), least=5)


class StopForm(forms.Form):
    reason = ReasonField(label=_("暂停原因"), least=5, help_text=_("会在项目页面公开。"))


class ResumeForm(forms.Form):
    note = ReasonField(label=_("恢复说明"), least=5, error_messages={"required": _("请写明问题怎样解决、何时恢复。")})


class EndForm(forms.Form):
    reason = ReasonField(
        label=_("终止原因"), least=5, help_text=_("会公开。"), error_messages={"required": _("请写明为什么不再实施。")}
    )


class FinishForm(forms.Form):
    text = TextField(label=_("完工说明"), least=5, most=1000, error_messages={"required": _("请写明完成了哪些内容。")})


class ProblemForm(forms.Form):
    aspect = forms.ChoiceField(
        label=_("哪方面的问题"),
        choices=ProblemReport.Aspect.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择是哪方面的问题。"), "invalid_choice": _("请在列出的选项里选一项。")},
    )
    text = TextField(
        label=_("是什么问题"),
        least=5,
        most=1000,
        help_text=_("写清楚在哪里、看到了什么；会公开，不要写电话和门牌。"),
        error_messages={"required": _("请写清楚是什么问题。")},
    )


class AnswerForm(forms.Form):
    answer = TextField(
        label=_("答复"),
        least=5,
        most=1000,
        help_text=_("会公开，反映人也会收到。"),
        error_messages={"required": _("请写明核实情况和处理结果。")},
    )
