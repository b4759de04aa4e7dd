# The bot and the command line, without the optional OCR (build with --build-arg EXTRAS=[ocr] for scans).
FROM python:3.12-slim AS build
ARG EXTRAS=""
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY index index
COPY bot bot
COPY data/samples data/samples
RUN python -m venv /opt/nianbao && /opt/nianbao/bin/pip install --no-cache-dir ".${EXTRAS}"

FROM python:3.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends antiword fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 nianbao \
    && install -d -o nianbao /home/nianbao/data
COPY --from=build /opt/nianbao /opt/nianbao
ENV PATH=/opt/nianbao/bin:$PATH PYTHONUNBUFFERED=1
USER nianbao
WORKDIR /home/nianbao
VOLUME /home/nianbao/data
HEALTHCHECK --interval=1m --timeout=10s --start-period=1m CMD ["nianbao", "list", "--json"]
CMD ["nianbao", "bot"]
