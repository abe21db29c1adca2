from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_where_sealed_files_lie"),
    ]

    operations = [
        migrations.CreateModel(
            name="Side",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("state", models.CharField(default="invited", max_length=8)),
                ("guardian", models.CharField(blank=True, default="", max_length=8)),
                ("released", models.TextField(blank=True, default="")),
                ("words", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("erase_on", models.DateField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="cases.case"
                    ),
                ),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="side", to="cases.party"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="cases.receipt"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=12)),
                ("answer", models.CharField(max_length=3)),
                ("how", models.CharField(max_length=12)),
                ("by_post", models.CharField(blank=True, default="", max_length=60)),
                ("at", models.DateTimeField()),
                ("spent_at", models.DateTimeField(null=True)),
                (
                    "side",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="cases.side"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="side",
            index=models.Index(
                condition=models.Q(("erase_on__isnull", False), ("erased_at", None)),
                fields=["erase_on"],
                name="side_to_erase",
            ),
        ),
        migrations.AddConstraint(
            model_name="side",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="a_side_has_one_number"),
        ),
        migrations.AddConstraint(
            model_name="side",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("invited", "in", "out"))), name="a_side_is_invited_in_or_out"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ("yes", "no"))), name="a_consent_is_yes_or_no"
            ),
        ),
    ]
