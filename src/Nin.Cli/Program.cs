Console.WriteLine("nin");
