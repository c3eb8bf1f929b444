# The app in a container: `docker compose up` runs it beside Neo4j (compose.yaml, docs/neo4j.md).

FROM python:3.11.16-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/python -m pip install --no-cache-dir --only-binary :all: -r requirements.txt
COPY pyproject.toml README.md ./
COPY graph graph
COPY loaders loaders
COPY viz viz
COPY api api
COPY data/sector data/sector
# Where the code stands, as in a clone: the demo is found beside it. What built it then goes.
RUN /venv/bin/python -m pip install --no-cache-dir --no-build-isolation --no-deps --editable . \
    && /venv/bin/python -m compileall -q graph loaders viz api \
    && /venv/bin/python -m pip uninstall --yes setuptools pip \
    && rm -rf weefsel.egg-info build

FROM python:3.11.16-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin weefsel
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
RUN mkdir var && chown weefsel var
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 WEEFSEL_HOST=0.0.0.0 MPLCONFIGDIR=/tmp/matplotlib
USER 10001
EXPOSE 8000
CMD ["weefsel", "serve"]
