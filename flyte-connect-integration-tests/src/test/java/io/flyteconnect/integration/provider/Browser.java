package io.flyteconnect.integration.provider;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * A headless Chromium in front of a person.
 */
final class Browser implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final ChromeDriverService service;

	private final RemoteWebDriver driver;

	Browser(Path profile) {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(find("chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--window-size=900,700", "--user-data-dir=" + profile);
		this.service = new ChromeDriverService.Builder().usingDriverExecutable(find("chromedriver")).build();
		try {
			this.service.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.driver = new RemoteWebDriver(this.service.getUrl(), options);
		this.driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(20));
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

	Browser open(URI link) {
		this.driver.get(link.toString());
		return this;
	}

	Browser type(String field, String text) {
		this.driver.findElement(By.name(field)).sendKeys(text);
		return this;
	}

	Browser press(String selector) {
		this.driver.findElement(By.cssSelector(selector)).click();
		return this;
	}

	Browser see(String text) {
		this.driver.findElement(By.xpath("//*[contains(text(), '" + text + "')]"));
		return this;
	}

	Browser screenshot(String name) {
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
		this.service.stop();
	}

}
