# Two images from one file. `house` runs the chat, the desk, the action server and the migration;
# `listener` runs Rasa, in the older Python that it needs, with its model trained inside.
# Both install only what the locks name, each file checked against its hash.

# --- Ours ------------------------------------------------------------------------------------
FROM python:3.11-slim-bookworm AS house-parts
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/house
COPY requirements.service.lock /tmp/requirements.lock
RUN /opt/house/bin/pip install --require-hashes --requirement /tmp/requirements.lock

FROM python:3.11-slim-bookworm AS house
ENV PATH=/opt/house/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_FOLDER=/app/var
# What draws the plan on paper, and letters for what people write: emoji, and other alphabets.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-dejavu-core fonts-noto-color-emoji \
       libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin myway \
    && install --directory --owner=myway --group=myway /app/var
COPY --from=house-parts /opt/house /opt/house
WORKDIR /app
COPY plan_store plan_store
COPY actions actions
COPY bot bot
COPY review review
COPY data data
USER 10001
# What the first look learnt belongs to the image too: no message waits for it.
RUN ["python", "-m", "bot.safety.making_ready"]
# Each service of docker-compose.yml has its own command and its own question.
HEALTHCHECK CMD ["python", "-c", "import plan_store"]
CMD ["python", "-m", "bot"]

# --- Rasa ------------------------------------------------------------------------------------
FROM python:3.10-slim-bookworm AS listener-parts
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/listener
COPY rasa_project/requirements.lock /tmp/requirements.lock
RUN /opt/listener/bin/pip install --require-hashes --requirement /tmp/requirements.lock

FROM python:3.10-slim-bookworm AS listener
# Rasa and its libraries write small files where HOME and MPLCONFIGDIR say.
ENV PATH=/opt/listener/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp MPLCONFIGDIR=/tmp RASA_TELEMETRY_ENABLED=false SENTRY_DSN="" \
    HF_HUB_DISABLE_TELEMETRY=1 HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 OTEL_SDK_DISABLED=true \
    DO_NOT_TRACK=1
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin myway \
    && install --directory --owner=myway --group=myway /app/rasa_project /app/models
COPY --from=listener-parts /opt/listener /opt/listener
WORKDIR /app/rasa_project
COPY --chown=10001 data/talk ../data/talk
COPY --chown=10001 data/rules ../data/rules
COPY --chown=10001 rasa_project .
USER 10001
# The model belongs to the image: a changed talk is a new image, and every Rasa hears the same.
RUN ["python", "-m", "rasa", "train", "--skip-validation", \
     "--data", "../data/talk", "../data/rules", "--domain", "domain.yml", "--config", "config.yml", \
     "--out", "/app/models", "--fixed-model-name", "talk"]
HEALTHCHECK --start-period=120s CMD ["python", "-c", \
     "import urllib.request as u; u.urlopen('http://127.0.0.1:5005/webhooks/door/health', timeout=4)"]
CMD ["python", "-m", "rasa", "run", "--model", "/app/models/talk.tar.gz", \
     "-i", "0.0.0.0", "-p", "5005"]
