# composecheck as an image:
#
#     docker build -t composecheck .
#     docker run --rm -v "$PWD:/project:ro" composecheck
#
# More in docs/ci.md.

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY schemas schemas
COPY src src
# An environment without pip, which is needed no more.
RUN python -m venv --without-pip /opt/composecheck \
    && python -m pip --python /opt/composecheck/bin/python install --no-cache-dir .

FROM python:3.13-slim
COPY --from=build /opt/composecheck /opt/composecheck
ENV PATH="/opt/composecheck/bin:$PATH" PYTHONDONTWRITEBYTECODE=1
# Nobody in particular; whoever lets files be fixed says whose they are (docker run --user).
USER 65532:65532
WORKDIR /project
ENTRYPOINT ["composecheck"]
CMD ["check"]
