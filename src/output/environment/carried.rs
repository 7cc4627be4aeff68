//! Containers, to which the folder of files is carried as it lies here.

use super::shell::sh_quoted;
use super::{Format, Given, LINE_ENDS, Unwritable, refuse, yaml};

pub fn dockerfile(given: &Given<'_>) -> Result<String, Unwritable> {
    let mut values = Vec::new();
    for variable in given.variables {
        refuse(
            Format::Dockerfile,
            variable.name,
            &variable.value,
            &LINE_ENDS,
        )?;
        let value = variable.value.replace('\\', r"\\").replace('"', "\\\"");
        values.push(format!(
            "{}=\"{}\"",
            variable.name,
            value.replace('$', r"\$")
        ));
    }
    Ok(format!(
        "\
# docker build --build-context why401={} ...
# The variables stay in the image: this belongs into a stage, or an image, that is thrown away.
COPY --from=why401 . {}/
ENV {}
",
        sh_quoted(given.source),
        given.folder,
        values.join(" \\\n    ")
    ))
}

/// A patch of a Deployment.
pub fn kubernetes(given: &Given<'_>) -> String {
    let mut text = format!(
        "\
# kubectl create configmap why401 --from-file={}
# kubectl patch deployment NAME --patch-file THIS_FILE, when the container's name stands for CONTAINER
spec:
  template:
    spec:
      volumes:
        - name: why401
          configMap:
            name: why401
      containers:
        - name: CONTAINER
          volumeMounts:
            - name: why401
              mountPath: {}
              readOnly: true
          env:
",
        sh_quoted(given.source),
        yaml::quoted(given.folder)
    );
    for variable in given.variables {
        // Otherwise a reference to another variable.
        let value = yaml::quoted(&variable.value.replace("$(", "$$("));
        let name = variable.name;
        text.extend([
            "            - name: ",
            name,
            "\n              value: ",
            &value,
            "\n",
        ]);
    }
    text
}
