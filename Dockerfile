# The server for a class in a container:
#   docker build -t backprop-stage . && docker run --rm -p 8501:8501 backprop-stage

FROM python:3.13-slim AS packages
WORKDIR /source
COPY requirements.lock .
# the packages' own tests, the headers of pyarrow and the maps of Streamlit are a fifth of their size, and nobody asks for them
RUN pip install --no-cache-dir --no-compile --require-hashes --target /packages -r requirements.lock \
    && rm -rf /packages/share /packages/pyarrow/include /packages/pyarrow/src /packages/pydeck* \
    && find /packages -type d -name tests -prune -exec rm -rf {} +

FROM python:3.13-slim
RUN useradd --create-home stage
COPY --from=packages /packages /usr/local/lib/python3.13/site-packages
WORKDIR /home/stage/app
COPY .streamlit .streamlit
COPY app.py pyproject.toml ./
COPY engine engine
COPY visualizer visualizer
USER stage
EXPOSE 8501
HEALTHCHECK --start-period=30s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=3)"]
ENTRYPOINT ["python", "-m", "visualizer", "--share", "--server.fileWatcherType", "none"]
