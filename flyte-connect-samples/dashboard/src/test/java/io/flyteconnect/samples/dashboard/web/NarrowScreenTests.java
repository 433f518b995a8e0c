package io.flyteconnect.samples.dashboard.web;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.DashboardApplication;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages with the longest names, on small screens.
 */
@SpringBootTest(classes = DashboardApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "dashboard.hosts=dashboard.example")
class NarrowScreenTests {

	private static final String LONG = "a-name-that-is-as-long-as-flyte-lets-a-name-be-which-is-63-char";

	private static final List<Integer> WIDTHS = List.of(1280, 768, 390, 320);

	@Autowired
	FlyteTestServer flyte;

	@LocalServerPort
	int port;

	@TempDir
	Path folder;

	private ChromeDriverService service;

	private RemoteWebDriver browser;

	@BeforeEach
	void open() throws IOException {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(find("chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
				"--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars",
				"--user-data-dir=" + this.folder.resolve("profile"));
		this.service = new ChromeDriverService.Builder().usingDriverExecutable(find("chromedriver")).build();
		this.service.start();
		this.browser = new RemoteWebDriver(this.service.getUrl(), options);
	}

	@AfterEach
	void close() {
		this.browser.quit();
		this.service.stop();
	}

	@Test
	void whenTheScreenIsNarrowThenNoPageIsWider() throws IOException {
		this.flyte.admin().addProject(LONG);
		assertThat(new Browser(this.port)
			.postJson("/api/executions",
					"{\"project\": \"flytesnacks\", \"domain\": \"development\", \"launchPlan\": \"hello_world\","
							+ " \"name\": \"" + LONG + "\"}")
			.statusCode()).isEqualTo(201);
		assertFits("home", "/");
		assertFits("execution", "/executions/flytesnacks/development/" + LONG);
		assertFits("failed", "/executions/flytesnacks/production/sample-03");
		assertFits("failure", "/executions/flytesnacks/development/" + LONG.replace('n', 'm'));
		assertFits("empty", "/?project=" + LONG);
		assertFits("form", "/?project=flytesnacks&domain=development");
		assertThat(this.browser.findElement(By.id("interfaces")).getText()).contains("the active version");
		this.browser.executeScript("document.getElementById('launch').scrollIntoView()");
		assertFits("launch");
		refuse();
		assertFits("refused");
	}

	private void refuse() {
		this.browser.findElement(By.id("inputs")).sendKeys("{\"" + LONG + LONG + "\": 1}");
		this.browser.findElement(By.cssSelector("button.main")).click();
		assertThat(this.browser.findElement(By.id("refused")).getText()).contains(LONG);
		assertThat(this.browser.findElement(By.id("inputs")).getDomProperty("value")).contains(LONG);
	}

	private void assertFits(String name, String path) throws IOException {
		this.browser.get("http://localhost:" + this.port + path);
		assertFits(name);
	}

	// From wide to narrow: what is clicked next is clicked on the narrowest.
	private void assertFits(String name) throws IOException {
		for (int width : WIDTHS) {
			this.browser.manage().window().setSize(new Dimension(width, 800));
			assertNotWider(width, name);
		}
	}

	private void assertNotWider(int width, String name) throws IOException {
		// A headless window may not become so narrow by itself: the frame is as wide as
		// told.
		long inner = ((Number) this.browser.executeScript("return window.innerWidth")).longValue();
		long content = ((Number) this.browser.executeScript("return document.documentElement.scrollWidth")).longValue();
		Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
		Files.write(pictures.resolve(name + "-" + width + ".png"), this.browser.getScreenshotAs(OutputType.BYTES));
		assertThat(inner).as("width of the window").isEqualTo(width);
		assertThat(content).as(name + " at " + width).isLessThanOrEqualTo(width);
	}

	private static File find(String program) {
		for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
			Path file = Path.of(folder, program);
			if (Files.isExecutable(file)) {
				return file.toFile();
			}
		}
		throw new IllegalStateException(program + " is not installed (Debian: chromium, chromium-driver)");
	}

}
