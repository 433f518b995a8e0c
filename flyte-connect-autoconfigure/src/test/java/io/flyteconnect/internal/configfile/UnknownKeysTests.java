package io.flyteconnect.internal.configfile;

import java.nio.file.Path;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.internal.configfile.ini.IniFlyteFileReader;
import io.flyteconnect.internal.configfile.yaml.YamlFlyteFileReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a Flyte file says without effect.
 */
class UnknownKeysTests {

	private static final String NOTHING = "sets nothing of the connection";

	@Test
	void whenIniHasOptionsThatMeanNothingThenEachIsNamed() {
		List<String> warnings = ini("""
				[platform]
				url=flyte.acme.example
				auth=True

				[credentials]
				client_id=abcdef123
				redirect_uri=http://localhost:53593/callback
				auth_mode=standard
				authorization_metadata_key=flyte-authorization
				scope=svc

				[sdk]
				workflow_packages=workflows.getting_started

				[auth]
				assumable_iam_role=arn:aws:iam::123456789012:role/flyteworkflows
				""");
		assertThat(warnings).singleElement()
			.asString()
			.contains("[platform] auth (line 3), ", "[credentials] redirect_uri (line 7), ",
					"[credentials] authorization_metadata_key (line 9), ",
					"[credentials] scope (line 10, did you mean [credentials] scopes?)")
			.doesNotContain("sdk", "assumable", "abcdef123", "svc");
	}

	@Test
	void whenIniIsMisspeltThroughoutThenNamesAndTheEmptyResultAreSaid() {
		List<String> warnings = ini("[platform]\nurll=flyte.acme.example\n\n[credentals]\nclient_id=x\n");
		assertThat(warnings).hasSize(2);
		assertThat(warnings.get(0)).contains("[platform] urll (line 2, did you mean [platform] url?)",
				"[credentals] (line 4, did you mean [credentials]?)");
		assertThat(warnings.get(1)).contains(NOTHING);
	}

	@ParameterizedTest
	@CsvSource({ "[platform] client_id=x,[credentials] client_id", "[Platform] url=x,[platform]",
			"[credentials] client-id=x,[credentials] client_id", "[secrets] envprefix=x,[secrets] env_prefix",
			"[credentials] url=x,[platform] url", "[credentials] cleint_secret=x,[credentials] client_secret" })
	void whenIniIsNearlyRightThenTheRightNameIsGiven(String text, String name) {
		assertThat(ini(text.replace("] ", "]\n")).get(0)).contains("did you mean " + name + "?");
	}

	@Test
	void whenIniOptionIsFilledInElsewhereThenItHasAnEffect() {
		assertThat(ini("[DEFAULT]\ndomain=acme.example\n[platform]\nhost=flyte\nurl=%(HOST)s.%(domain)s\n")).isEmpty();
	}

	@Test
	void whenYamlHasUnknownSectionsThenEachIsNamed() {
		List<String> warnings = yaml("""
				admn:
				  endpoint: dns:///flyte.acme.example
				Admin:
				  endpoint: dns:///flyte2.acme.example
				mine:
				  x: y
				logger:
				  level: 5
				""");
		assertThat(warnings).hasSize(2);
		assertThat(warnings.get(0)).contains("admn (line 1, did you mean admin?)",
				"Admin (line 3, did you mean admin?)", "mine (line 5)");
		assertThat(warnings.get(0)).doesNotContain("logger", "acme");
		assertThat(warnings.get(1)).contains(NOTHING);
	}

	@Test
	void whenYamlKeyHasASecondColonThenItIsShown() {
		List<String> warnings = yaml("admin:\n  # dns\n  endpoint:: dns:///flyte.example.com\n  clientId: flytectl\n");
		assertThat(warnings).singleElement()
			.asString()
			.contains("'admin.endpoint:' (line 3, the second colon belongs to the name; did you mean admin.endpoint?)");
	}

	@ParameterizedTest
	@CsvSource({ "admin.client_id,admin.clientId", "admin.endpont,admin.endpoint", "endpoint,admin.endpoint",
			"admin.pkceConfig.timeOut,admin.pkceConfig.timeout", "admin.timeout,admin.pkceConfig.timeout",
			"console.endpiont,console.endpoint", "consle.endpoint,console" })
	void whenYamlIsNearlyRightThenTheRightNameIsGiven(String key, String name) {
		StringBuilder text = new StringBuilder();
		String indent = "";
		for (String part : key.split("\\.")) {
			text.append(text.isEmpty() ? "" : "\n").append(indent).append(part).append(":");
			indent += "  ";
		}
		assertThat(yaml(text + " x\n").get(0)).contains("did you mean " + name + "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "admin: {endpoint: h, useAuth: true}\nstorage: {type: s3}\nunion: {a: b}\n",
			"base: &base {endpoint: h}\nadmin:\n  <<: *base\n",
			"admin: {endpoint: h}\nconsole: {endpoint: http://c}\n" })
	void whenEverythingHasAnEffectOrIsOfAnotherToolThenNothingIsSaid(String text) {
		assertThat(yaml(text)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# nothing\n", "admin:\n", "admin: {}\n", "storage: {type: s3}\n" })
	void whenFileSetsNothingThenThatIsSaid(String text) {
		assertThat(yaml(text)).singleElement().asString().contains(NOTHING).contains("config.yaml");
		assertThat(ini("[DEFAULT]\nurl=x\n")).singleElement().asString().contains(NOTHING);
	}

	@Test
	void whenVeryManyKeysMeanNothingThenSomeAreShown() {
		StringBuilder text = new StringBuilder("admin:\n  endpoint: h\n");
		for (int i = 0; i < 1000; i++) {
			text.append("  unheardOf").append(i).append(": 1\n");
		}
		assertThat(yaml(text.toString())).singleElement().asString().contains("and 980 more").hasSizeLessThan(1000);
	}

	@Test
	void whenVeryManyKeysMeanNothingThenWhatIsNotShownIsNotComparedWithAnything() {
		CountedNames names = new CountedNames();
		UnknownKeys unknown = new UnknownKeys(Path.of("/x/flytekit.config"));
		for (int i = 0; i < 20; i++) {
			unknown.add("[credentials] unheard" + i, i, names);
		}
		int looks = names.looks;
		assertThat(looks).isPositive();
		for (int i = 20; i < 40_000; i++) {
			unknown.add("[credentials] unheard" + i, i, names);
		}
		assertThat(names.looks).isEqualTo(looks);
		assertThat(unknown.warnings(1)).singleElement().asString().contains("unheard19 (line 20)", "and 39980 more");
	}

	private static List<String> yaml(String text) {
		return new YamlFlyteFileReader(new FlyteFileText(Path.of("/x/config.yaml"), text)).read().warnings();
	}

	private static List<String> ini(String text) {
		return new IniFlyteFileReader(new FlyteFileText(Path.of("/x/flytekit.config"), text)).read().warnings();
	}

	/**
	 * Names that count how often they are looked through.
	 */
	private static final class CountedNames extends AbstractCollection<String> {

		private final List<String> names = List.of("[credentials] client_id", "[platform] url");

		private int looks;

		@Override
		public Iterator<String> iterator() {
			this.looks++;
			return this.names.iterator();
		}

		@Override
		public int size() {
			return this.names.size();
		}

	}

}
