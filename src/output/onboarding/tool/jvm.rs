//! Java and what runs on it: JVMs know neither proxy variables nor PEM files.

use super::{JAVA_ROOTS, P12, PEM, Tool};
use crate::output::onboarding::{Facts, HOST, Visit};

pub fn tools(facts: &Facts, visit: Visit) -> Vec<Tool> {
    let (proxy, password) = (visit.proxy, facts.store_password);
    let (host, port) = (proxy.ip(), proxy.port());
    vec![
        Tool::new(
            "Java",
            format!(
                "curl -fsS -x http://{proxy} -o {P12} http://{HOST}/ca.p12\n\
                 java -Dhttps.proxyHost={host} -Dhttps.proxyPort={port} \
                 -Djavax.net.ssl.trustStore={P12} -Djavax.net.ssl.trustStorePassword={password} -jar program.jar"
            ),
        )
        .note(format!(
            "{P12} stands in the place of Java's own roots: the program reaches no other host over TLS. Where it \
             must, take the store of the next lines."
        )),
        Tool::new(
            "A store for Java with its own roots",
            format!(
                "install -m 600 \"$JAVA_HOME/lib/security/cacerts\" {JAVA_ROOTS}\n\
                 keytool -importcert -noprompt -alias why401 -file {PEM} -keystore {JAVA_ROOTS} -storepass {password}"
            ),
        ),
        maven(facts, visit),
        Tool::new(
            "Gradle",
            format!(
                "cat >> ~/.gradle/gradle.properties <<END\n\
                 systemProp.https.proxyHost={host}\n\
                 systemProp.https.proxyPort={port}\n\
                 systemProp.javax.net.ssl.trustStore=$PWD/{JAVA_ROOTS}\n\
                 systemProp.javax.net.ssl.trustStorePassword={password}\n\
                 END\n\
                 gradle --stop"
            ),
        )
        .note("With the store above. A daemon that runs already keeps its old values, so it is stopped."),
    ]
}

fn maven(facts: &Facts, visit: Visit) -> Tool {
    let (host, port) = (visit.proxy.ip(), visit.proxy.port());
    let password = facts.store_password;
    let lines = format!(
        "cat > why401-settings.xml <<END\n\
         <settings><proxies><proxy>\n\
         <id>why401</id><active>true</active>\n\
         <protocol>http</protocol><host>{host}</host><port>{port}</port>\n\
         </proxy></proxies></settings>\n\
         END\n\
         export MAVEN_OPTS=\"-Djavax.net.ssl.trustStore=$PWD/{JAVA_ROOTS} \
         -Djavax.net.ssl.trustStorePassword={password}\"\n\
         mvn -s why401-settings.xml verify"
    );
    Tool::new("Maven", lines).note(
        "With the store above. -s takes the place of ~/.m2/settings.xml: if you have one, put the proxy there.",
    )
}
