import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("law", "0004_recounting"),
    ]

    operations = [
        migrations.CreateModel(
            name="RouteAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60)),
                ("name_zh", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=160)),
                ("address_zh", models.CharField(blank=True, max_length=200)),
                ("address_en", models.CharField(blank=True, max_length=200)),
                ("hours_zh", models.CharField(blank=True, max_length=200)),
                ("hours_en", models.CharField(blank=True, max_length=200)),
                ("telephone", models.CharField(blank=True, max_length=60)),
                ("web", models.CharField(blank=True, max_length=200)),
                ("since", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.officer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("key",),
                        name="one_current_address_of_a_route",
                    )
                ],
            },
        ),
    ]
