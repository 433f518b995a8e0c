package io.flyteconnect.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

import javax.xml.parsers.DocumentBuilderFactory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the BOM with the modules of the build.
 */
@Tag("once")
class BomTests {

	private static final String BOM = "flyte-connect-bom";

	@Test
	void whenAModuleIsPublishedThenTheBomHasItAndNothingElse() throws Exception {
		SortedSet<String> published = new TreeSet<>();
		for (Path module : modules(MessagesTests.ROOT)) {
			Element pom = pom(module);
			if (!"pom".equals(text(pom, "packaging"))) {
				published.add("io.flyteconnect:" + text(pom, "artifactId") + ":${project.version}");
			}
		}
		assertThat(published).contains("io.flyteconnect:flyte-connect-starter:${project.version}");
		assertThat(managed()).containsExactlyElementsOf(published);
	}

	@Test
	void whenTheBomIsImportedThenItBringsNothingOfAParent() throws Exception {
		Element bom = pom(MessagesTests.ROOT.resolve(BOM));
		assertThat(child(bom, "parent")).isNull();
		assertThat(child(bom, "dependencies")).isNull();
	}

	@Test
	void whenTheVersionChangesThenThatOfTheBomChangesToo() throws Exception {
		Element root = pom(MessagesTests.ROOT);
		Element bom = pom(MessagesTests.ROOT.resolve(BOM));
		assertThat(text(bom, "version")).isNotNull().isEqualTo(text(root, "version"));
		assertThat(text(bom, "groupId")).isEqualTo(text(root, "groupId"));
	}

	private static List<String> managed() throws Exception {
		Element management = child(pom(MessagesTests.ROOT.resolve(BOM)), "dependencyManagement");
		Element dependencies = child(Objects.requireNonNull(management), "dependencies");
		return children(Objects.requireNonNull(dependencies)).stream().map((dependency) -> {
			assertThat(children(dependency)).extracting(Node::getNodeName)
				.containsExactly("groupId", "artifactId", "version");
			return text(dependency, "groupId") + ":" + text(dependency, "artifactId") + ":"
					+ text(dependency, "version");
		}).toList();
	}

	// Those that are published. What an aggregator keeps to itself, it keeps with all
	// that is below it.
	private static List<Path> modules(Path folder) throws Exception {
		Element modules = child(pom(folder), "modules");
		List<Path> result = new ArrayList<>();
		if (modules != null) {
			for (Element module : children(modules)) {
				Path below = folder.resolve(module.getTextContent().strip());
				Element properties = child(pom(below), "properties");
				if (properties == null || !"true".equals(text(properties, "maven.deploy.skip"))) {
					result.add(below);
					result.addAll(modules(below));
				}
			}
		}
		return result;
	}

	private static Element pom(Path folder) throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(folder.resolve("pom.xml").toFile())
			.getDocumentElement();
	}

	private static @Nullable String text(Element parent, String name) {
		Element child = child(parent, name);
		return (child != null) ? child.getTextContent().strip() : null;
	}

	private static @Nullable Element child(Element parent, String name) {
		return children(parent).stream().filter((child) -> child.getNodeName().equals(name)).findFirst().orElse(null);
	}

	private static List<Element> children(Element parent) {
		List<Element> result = new ArrayList<>();
		NodeList nodes = parent.getChildNodes();
		for (int i = 0; i < nodes.getLength(); i++) {
			if (nodes.item(i) instanceof Element element) {
				result.add(element);
			}
		}
		return result;
	}

}
