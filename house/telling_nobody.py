"""Telemetry off, for every library of ours and of Rasa's: one table, given to all that we run.

Goes out: the environment. Nothing about a person, and nothing about their use of it, leaves.
Standard library only.
"""

from collections.abc import Mapping

TELLING_NOBODY: Mapping[str, str] = {
    "RASA_TELEMETRY_ENABLED": "false",
    # Rasa would send its crashes there, with whatever stood in them.
    "SENTRY_DSN": "",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Models are files of our locks: nothing is asked for at their maker's.
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # rasa-sdk brings OpenTelemetry along.
    "OTEL_SDK_DISABLED": "true",
    "DO_NOT_TRACK": "1",
}
